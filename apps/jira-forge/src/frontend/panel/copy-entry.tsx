import { LoadingButton, Stack, Text } from "@forge/react";
import type { EntryAnswer } from "@stageledger/core/contract/entries";
import { useWords } from "../../words/words.ts";
import type { PanelPart } from "./panel-part.ts";

/** By a press of its own: one that was never copied, and one whose copy is not in Jira. */
export function CopyEntry({ state, actions, entry }: PanelPart & { readonly entry: EntryAnswer }) {
  const words = useWords();
  const { mirror, busy } = state;
  const isMissing = entry.isMirrored && mirror.missing.includes(entry.id);
  if (!isMissing && (entry.isMirrored || mirror.isOn !== true)) return null;
  if (entry.isClosed && !entry.isMirrored)
    return (
      <Text size="small" testId="copy-too-late">
        {words.mirror.tooLate}
      </Text>
    );
  return (
    <Stack space="space.050" alignInline="start">
      <Text size="small" testId="copy-text">
        {isMissing ? words.mirror.missingText : words.mirror.copyText}
      </Text>
      <LoadingButton
        testId="copy"
        spacing="compact"
        isLoading={busy === "copy"}
        onClick={() => void actions.copyEntry(entry)}
      >
        {words.mirror.copy}
      </LoadingButton>
    </Stack>
  );
}
