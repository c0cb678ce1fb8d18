import { Box, Inline, LoadingButton, Spinner, Stack, Text } from "@forge/react";
import { durationText } from "@stageledger/core/contract/duration";
import type { EntryAnswer } from "@stageledger/core/contract/entries";
import { Choice } from "../../components/choice.tsx";
import { FailureNotice } from "../../components/failure-notice.tsx";
import { sayDay } from "../../words/say-day.ts";
import { useWords } from "../../words/words.ts";
import type { MyTimePart } from "./my-time-part.ts";
import { NoticeLine } from "./notice-line.tsx";
import { sayItem } from "./say-cell.ts";

export function UnassignedSection(part: MyTimePart) {
  const words = useWords();
  const { unassigned: say } = words.myTime;
  const { unassigned } = part.state;
  if (unassigned.phase === "reading") return <Spinner label={words.myTime.reading} />;
  if (unassigned.phase === "failed")
    return <FailureNotice failure={unassigned.failure} onTryAgain={() => void part.actions.readUnassigned()} />;
  const { entries, projects } = unassigned.value;
  return (
    <Box testId="unassigned" paddingBlock="space.200" xcss={{ width: "100%", maxWidth: "760px" }}>
      <Stack space="space.200">
        {entries.length === 0 ? (
          <Text testId="all-assigned">{say.none}</Text>
        ) : (
          <>
            <Text>{say.about}</Text>
            {projects.length === 0 ? <Text testId="no-projects">{say.noProjects}</Text> : null}
            {entries.map((entry) => (
              <UnassignedLine key={entry.id} {...part} entry={entry} projects={projects} />
            ))}
          </>
        )}
        <NoticeLine {...part} />
      </Stack>
    </Box>
  );
}

interface UnassignedLineProps extends MyTimePart {
  readonly entry: EntryAnswer;
  readonly projects: readonly string[];
}

function UnassignedLine({ state, actions, entry, projects }: UnassignedLineProps) {
  const words = useWords();
  const { unassigned: say } = words.myTime;
  const time = durationText(entry.minutes);
  // Where there is one to choose from, it is chosen.
  const project = state.places.get(entry.id) ?? (projects.length === 1 ? projects[0] : undefined);
  return (
    <Box testId={`unassigned-${entry.id}`}>
      <Inline space="space.150" rowSpace="space.100" alignBlock="end" shouldWrap>
        <Box xcss={{ width: "360px", maxWidth: "100%" }}>
          <Choice
            id={`project-${entry.id}`}
            label={say.project(time, sayItem(entry, words), sayDay(entry.date, state.today, words))}
            placeholder={say.choose}
            options={projects.map((one) => ({ label: one, value: one }))}
            value={project ?? ""}
            onChoose={(chosen) => actions.chooseProject(entry.id, chosen)}
          />
        </Box>
        <LoadingButton
          testId={`place-${entry.id}`}
          isDisabled={project === undefined}
          isLoading={state.busy === `place ${entry.id}`}
          onClick={() => {
            if (project !== undefined) void actions.place(entry, project);
          }}
        >
          {project === undefined ? say.placeNothing(time) : say.place(time, project)}
        </LoadingButton>
      </Inline>
    </Box>
  );
}
