import { Box, Button, Code, SectionMessage, Stack, Text } from "@forge/react";
import { useWords } from "../../words/words.ts";

/** What to do where no ledger belongs to the site yet. */
export function NotConnected({ onTryAgain }: { readonly onTryAgain: () => void }) {
  const words = useWords();
  const { title, text, steps, more } = words.admin.notConnected;
  return (
    <SectionMessage appearance="information" title={title} testId="not-connected">
      <Stack space="space.150" alignInline="start">
        <Text>{text}</Text>
        {steps.map((step, i) => (
          <Box key={step.command}>
            <Text>{`${i + 1}. ${step.text}`}</Text>
            <Code>{step.command}</Code>
          </Box>
        ))}
        <Text>{more}</Text>
        <Text size="small" color="color.text.subtlest" testId="failure-code">
          {words.codeOf("INSTALLATION_UNKNOWN")}
        </Text>
        <Button testId="try-again" onClick={onTryAgain}>
          {words.tryAgain}
        </Button>
      </Stack>
    </SectionMessage>
  );
}
