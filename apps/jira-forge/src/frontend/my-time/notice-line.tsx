import { Box, Inline, LoadingButton, Stack, Text } from "@forge/react";
import { durationText } from "@stageledger/core/contract/duration";
import { FailureNotice } from "../../components/failure-notice.tsx";
import { ERASE } from "../../state/my-time/data-actions.ts";
import type { Notice } from "../../state/my-time/my-time-state.ts";
import type { Change, Pending } from "../../state/my-time/week-changes.ts";
import type { Words } from "../../words/english.ts";
import { useWords } from "../../words/words.ts";
import type { MyTimePart } from "./my-time-part.ts";
import { sayCell } from "./say-cell.ts";

/** What came of the last press. Always there, so that a screen reader says what appears in it. */
export function NoticeLine(part: MyTimePart) {
  const words = useWords();
  const { state } = part;
  const { notice } = state;
  return (
    <Box role="status" testId="notice">
      {notice === undefined ? null : notice.kind === "failure" ? (
        <Stack space="space.100">
          <FailureNotice failure={notice.failure} isOfWork />
          {notice.field === undefined ? null : (
            <Text testId="refused-at">{words.myTime.save.refusedAt(sayCell(notice.field, state.today, words))}</Text>
          )}
          {notice.conflicts.map((conflict) => (
            <Text key={conflict.field.id} testId="conflict">
              {sayConflict(conflict, state, words)}
            </Text>
          ))}
          {notice.undo === undefined ? null : (
            <Inline>
              <Undo {...part} changes={notice.undo} />
            </Inline>
          )}
        </Stack>
      ) : (
        <Inline space="space.100" rowSpace="space.050" alignBlock="center" shouldWrap>
          <Text>{saying(notice, words)}</Text>
          {notice.kind === "saved" && notice.undo !== undefined ? <Undo {...part} changes={notice.undo} /> : null}
        </Inline>
      )}
    </Box>
  );
}

function Undo({ state, actions, changes }: MyTimePart & { readonly changes: readonly Change[] }) {
  const { save } = useWords().myTime;
  return (
    <LoadingButton
      testId="undo"
      appearance="subtle"
      spacing="compact"
      isLoading={state.busy === "undo"}
      onClick={() => void actions.undo(changes)}
    >
      {save.undo(changes.length)}
    </LoadingButton>
  );
}

function saying(notice: Exclude<Notice, { readonly kind: "failure" }>, { myTime }: Words): string {
  const { save, add, accounts, erase } = myTime;
  switch (notice.kind) {
    case "saved":
      return save.savedWeek(save.saved(counted(notice.changes)));
    case "undone":
      return save.undone;
    case "nothing-to-save":
      return save.nothing;
    case "taken-back":
      return save.takenBack;
    case "not-saved":
      return save.notSaved;
    case "copied":
      return sayCopied(notice, myTime);
    case "added":
      return add.added(notice.itemKey);
    case "already-there":
      return add.there(notice.itemKey);
    case "nothing-found":
      return add.none;
    case "jira-unreached":
      return add.unreached;
    case "placed":
      return myTime.unassigned.placed(durationText(notice.minutes), notice.project);
    case "linked":
      return accounts.linked;
    case "unlinked":
      return accounts.unlinked;
    case "no-code":
      return accounts.noCode;
    case "must-confirm":
      return erase.mustConfirm(ERASE);
  }
}

function counted(changes: readonly Change[]) {
  const of = (kind: Change["kind"]): number => changes.filter((change) => change.kind === kind).length;
  return { logged: of("log"), changed: of("edit"), deleted: of("delete") };
}

function sayCopied(
  { filled, taken, ahead }: Extract<Notice, { readonly kind: "copied" }>,
  { copy }: Words["myTime"],
): string {
  if (filled + taken + ahead === 0) return copy.none;
  return [
    filled === 0 ? copy.nothingFilled : copy.copied(filled),
    ...(taken === 0 ? [] : [copy.taken(taken)]),
    ...(ahead === 0 ? [] : [copy.ahead(ahead)]),
  ].join(" ");
}

function sayConflict({ field }: Pending, { drafts, today }: MyTimePart["state"], words: Words): string {
  const { save } = words.myTime;
  const cell = sayCell(field, today, words);
  const text = drafts.get(field.id)?.text ?? "";
  return field.entry === undefined
    ? save.conflictGone(cell, text)
    : save.conflict(cell, durationText(field.entry.minutes), text);
}
