import { Box, Heading, Stack, Text } from "@forge/react";
import { QuietLink } from "../../components/quiet-link.tsx";
import { useWords } from "../../words/words.ts";
import type { PanelPart } from "./panel-part.ts";

export function PurposeLink({ state, actions }: PanelPart) {
  const words = useWords();
  const isOpen = state.open?.kind === "purpose";
  return (
    <QuietLink
      testId="purpose-link"
      isWorking={state.busy === "purpose"}
      onPress={() => (isOpen ? actions.unfold(undefined) : void actions.readPurpose())}
    >
      {isOpen ? words.purpose.close : words.purpose.link}
    </QuietLink>
  );
}

/** In the policy's own words. */
export function PurposeText({ state }: PanelPart) {
  const words = useWords();
  if (state.open?.kind !== "purpose") return null;
  return (
    <Box testId="purpose" padding="space.100" backgroundColor="color.background.neutral">
      <Stack space="space.100">
        <Heading as="h3" size="xxsmall">
          {words.purpose.title}
        </Heading>
        {state.open.text.split(/\n+/u).map((paragraph) => (
          <Text key={paragraph}>{paragraph}</Text>
        ))}
      </Stack>
    </Box>
  );
}
