import { Box, DatePicker, Inline, Label, Stack } from "@forge/react";
import { Children, type ReactNode } from "react";
import { Choice } from "../../components/choice.tsx";
import { BY_HISTORY, dateOf, dayOf, type EntryDraft, stageOf } from "../../state/entry-draft.ts";
import type { PanelActions } from "../../state/panel-actions.ts";
import type { FormName, ReadyPanel } from "../../state/panel-state.ts";
import { sayActivity } from "../../words/say-activity.ts";
import { useWords } from "../../words/words.ts";

interface DetailsProps {
  readonly form: FormName;
  readonly draft: EntryDraft;
  readonly state: ReadyPanel;
  readonly actions: PanelActions;
  /** False for time on another item, whose stages are not known here. */
  readonly hasStage: boolean;
  /** Side by side. */
  readonly hasRoom: boolean;
}

const OTHER_DAY = "other";

/** Stage, kind of work and day of what is about to be logged. */
export function Details({ form, draft, state, actions, hasStage, hasRoom }: DetailsProps) {
  const words = useWords();
  const { item, today } = state;
  const activities = [...new Set([...item.activities, draft.activity])];
  return (
    <SideBySide isSo={hasRoom}>
      {hasStage ? (
        <Choice
          id={`${form}-stage`}
          label={words.details.stage}
          options={[
            ...item.stages.map((stage) => ({ label: stage, value: stage })),
            { label: words.details.stageByHistory, value: BY_HISTORY },
          ]}
          value={stageOf(draft, item.proposedStage) ?? BY_HISTORY}
          onChoose={(stage) => actions.draft(form, { stage })}
        />
      ) : null}
      <Choice
        id={`${form}-activity`}
        label={words.details.activity}
        options={activities.map((value) => ({ value, label: sayActivity(value, words) }))}
        value={draft.activity}
        onChoose={(activity) => actions.draft(form, { activity })}
      />
      <Choice
        id={`${form}-day`}
        label={words.details.day}
        options={[
          { label: words.details.todayOption, value: "today" },
          { label: words.details.yesterdayOption, value: "yesterday" },
          { label: words.details.otherDay, value: OTHER_DAY },
        ]}
        value={draft.day === "today" || draft.day === "yesterday" ? draft.day : OTHER_DAY}
        onChoose={(day) => actions.draft(form, { day: day === OTHER_DAY ? dateOf(draft.day, today) : day })}
      />
      {draft.day === "today" || draft.day === "yesterday" ? null : (
        <Stack space="space.050">
          <Label labelFor={`${form}-date`}>{words.details.date}</Label>
          <DatePicker
            id={`${form}-date`}
            testId={`${form}-date`}
            value={draft.day}
            maxDate={today}
            weekStartDay={1}
            locale={words.language}
            onChange={(date) => actions.draft(form, { day: dayOf(date, today) })}
          />
        </Stack>
      )}
    </SideBySide>
  );
}

function SideBySide({ isSo, children }: { readonly isSo: boolean; readonly children: ReactNode }) {
  if (!isSo) return <Stack space="space.100">{children}</Stack>;
  return (
    <Inline space="space.100">
      {Children.map(children, (column) => (
        <Box xcss={{ width: "100%" }}>{column}</Box>
      ))}
    </Inline>
  );
}
