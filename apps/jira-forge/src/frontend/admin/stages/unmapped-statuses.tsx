import { SectionMessage, Text } from "@forge/react";
import { useWords } from "../../../words/words.ts";

/** Loud, because what stands in such a status is missing from every stage's figures. */
export function UnmappedStatuses({ statuses }: { readonly statuses: readonly { readonly name: string }[] }) {
  const words = useWords();
  const { unmappedTitle, unmappedText } = words.admin.stages;
  if (statuses.length === 0) return null;
  return (
    <SectionMessage appearance="warning" title={unmappedTitle(statuses.length)} testId="unmapped">
      <Text>{unmappedText(statuses.map(({ name }) => name))}</Text>
    </SectionMessage>
  );
}
