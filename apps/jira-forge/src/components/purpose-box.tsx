import { Box, Heading, Stack, Text } from "@forge/react";
import { useWords } from "../words/words.ts";

/** Why time is tracked, in the policy's own words. */
export function PurposeBox({ text }: { readonly text: string }) {
  const words = useWords();
  return (
    <Box testId="purpose" padding="space.100" backgroundColor="color.background.neutral">
      <Stack space="space.100">
        <Heading as="h3" size="xxsmall">
          {words.purpose.title}
        </Heading>
        {text.split(/\n+/u).map((paragraph) => (
          <Text key={paragraph}>{paragraph}</Text>
        ))}
      </Stack>
    </Box>
  );
}
