import { Stack, Text, Textfield } from "@forge/react";
import { durationText } from "@stageledger/core/contract/duration";
import { HiddenLabel } from "../../components/hidden-label.tsx";
import { typedText } from "../../components/typed-text.ts";
import type { Draft, FieldReading } from "../../state/my-time/week-changes.ts";
import type { Field } from "../../state/my-time/week-grid.ts";
import type { Words } from "../../words/english.ts";
import { sayActivity } from "../../words/say-activity.ts";
import { useWords } from "../../words/words.ts";
import type { MyTimePart } from "./my-time-part.ts";
import { sayCell } from "./say-cell.ts";

interface DurationFieldProps extends MyTimePart {
  readonly field: Field;
  readonly reading: FieldReading;
  /** Beside a field with a remark: then all stand at one height. */
  readonly keepsLine?: boolean;
}

const NO_BREAK_SPACE = "\u00a0";

/** One field of the week. What it would change stands below it, where it has been left. */
export function DurationField({ state, actions, field, reading, keepsLine = false }: DurationFieldProps) {
  const words = useWords();
  const draft = state.drafts.get(field.id);
  const filling = state.fillings.get(field.id) ?? 0;
  const id = testIdOf(field);
  const remark = remarkOf(field, draft, reading, words);
  return (
    <Stack space="space.025">
      <HiddenLabel labelFor={id}>{sayCell(field, state.today, words)}</HiddenLabel>
      <Textfield
        key={filling}
        id={id}
        testId={id}
        name={id}
        isCompact
        autoFocus={state.focus === field.id}
        isInvalid={reading.kind === "wrong" || reading.kind === "two"}
        defaultValue={draft?.text ?? (field.entry === undefined ? "" : durationText(field.entry.minutes))}
        onChange={(event) => actions.type(field, typedText(event), draft)}
        onBlur={() => actions.leaveField()}
      />
      {remark !== undefined ? (
        <Text size="small" color={reading.kind === "change" ? "color.text.information" : "color.text.danger"}>
          {remark}
        </Text>
      ) : keepsLine ? (
        <Text size="small">{NO_BREAK_SPACE}</Text>
      ) : null}
    </Stack>
  );
}

/** By place in the grid, or by entry for those that are listed below it. */
function testIdOf({ id, itemKey, date, entry }: Field): string {
  return entry?.id === id ? `entry-${id}` : `cell-${itemKey}-${date}`;
}

function remarkOf({ entry }: Field, draft: Draft | undefined, reading: FieldReading, words: Words): string | undefined {
  const { grid } = words.myTime;
  if (reading.kind === "same") return undefined;
  if (reading.kind !== "change") return grid.notRead;
  if (reading.change.kind === "delete") return grid.deleted(durationText(entry?.minutes ?? 0));
  if (entry !== undefined) return grid.was(durationText(entry.minutes));
  const activity = draft?.activity ?? "other";
  return activity === "other" ? grid.isNew : grid.isNewOf(sayActivity(activity, words));
}
