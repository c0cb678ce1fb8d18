import { SectionMessage, Stack, Text } from "@forge/react";
import { changesBetween } from "../../../state/admin/stage-changes.ts";
import type { Stages } from "../../../state/admin/stage-draft.ts";
import { useWords } from "../../../words/words.ts";
import { ChangeList } from "./change-list.tsx";

/** What somebody else has saved since the draft was begun. */
export function Overtaken({ before, now }: { readonly before: Stages; readonly now: Stages }) {
  const words = useWords();
  const { overtakenTitle, overtakenText, overtakenSame } = words.admin.stages;
  const changes = changesBetween(before, now);
  return (
    <SectionMessage appearance="warning" title={overtakenTitle(now.version)} testId="overtaken">
      <Stack space="space.050">
        <Text>{overtakenText}</Text>
        {changes.length === 0 ? <Text>{overtakenSame}</Text> : <ChangeList testId="their-changes" changes={changes} />}
        <Text size="small" color="color.text.subtlest" testId="failure-code">
          {words.codeOf("STAGES_VERSION_TAKEN")}
        </Text>
      </Stack>
    </SectionMessage>
  );
}
