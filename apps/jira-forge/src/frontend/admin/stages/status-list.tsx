import { Box, Heading, HelperMessage, Inline, Label, Select, Stack } from "@forge/react";
import { z } from "zod";
import { nameOf, type StagesDraft, withStatus } from "../../../state/admin/stage-draft.ts";
import { useWords } from "../../../words/words.ts";
import { FailureAt } from "./failure-at.tsx";
import type { StageFormPart } from "./stage-form-part.ts";

const NO_STAGE = "none";

const chosenOption = z.object({ value: z.string() });
const chosenOptions = z.array(chosenOption).catch([]);

/** Each status with its stage, and those that mean "blocked" in any. */
export function StatusList({ state, actions, editing: { draft } }: StageFormPart) {
  const words = useWords();
  const said = words.admin.stages;
  const nameOfStatus = namesApart(draft, said.statusWithId);
  const places = [
    ...draft.stages.map((stage, i) => ({ label: nameOf(stage) || said.nameless(i + 1), value: String(stage.key) })),
    { label: said.unmappedOption, value: NO_STAGE },
  ];
  const statuses = draft.statuses.map(({ id }) => ({ label: nameOfStatus(id), value: id }));
  if (statuses.length === 0) return null;
  return (
    <Stack space="space.150">
      <Heading as="h3" size="xsmall">
        {said.statusesTitle}
      </Heading>
      {statuses.map(({ label, value: id }) => (
        <Inline key={id} space="space.100" alignBlock="center">
          <Box xcss={{ width: "190px" }}>
            <Label labelFor={`status-${id}`}>{label}</Label>
          </Box>
          <Box xcss={{ width: "240px" }}>
            <Select
              inputId={`status-${id}`}
              testId={`status-${id}`}
              spacing="compact"
              options={places}
              value={places.find(({ value }) => value === String(draft.stageOf.get(id) ?? NO_STAGE)) ?? null}
              onChange={(chosen) => {
                const read = chosenOption.safeParse(chosen).data;
                if (read === undefined) return;
                const key = read.value === NO_STAGE ? undefined : Number(read.value);
                actions.draftStages((one) => withStatus(one, id, key));
              }}
            />
          </Box>
        </Inline>
      ))}
      <FailureAt place="statuses" state={state} />
      <Box xcss={{ maxWidth: "500px" }}>
        <Stack space="space.050">
          <Label labelFor="blocked">{said.blocked}</Label>
          <Select
            inputId="blocked"
            testId="blocked"
            spacing="compact"
            isMulti
            options={statuses}
            value={statuses.filter(({ value }) => draft.blocked.includes(value))}
            onChange={(chosen) => {
              const blocked = chosenOptions.parse(chosen).map(({ value }) => value);
              actions.draftStages((one) => ({ ...one, blocked }));
            }}
          />
          <HelperMessage>{said.blockedHelp}</HelperMessage>
        </Stack>
      </Box>
    </Stack>
  );
}

/** Statuses of one name, which several workflows can have, are told apart by their ids. */
function namesApart({ statuses }: StagesDraft, withId: (name: string, id: string) => string): (id: string) => string {
  const names = statuses.map(({ name }) => name);
  const shown = new Map(
    statuses.map(({ id, name }) => {
      const isAlone = names.indexOf(name) === names.lastIndexOf(name);
      return [id, isAlone ? name : withId(name, id)];
    }),
  );
  return (id) => shown.get(id) ?? id;
}
