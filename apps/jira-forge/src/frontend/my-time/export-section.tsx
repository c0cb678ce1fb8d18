import { Box, Button, Heading, HelperMessage, Inline, Label, LoadingButton, Stack, Text, TextArea } from "@forge/react";
import { useWords } from "../../words/words.ts";
import type { MyTimePart } from "./my-time-part.ts";

/** UI Kit can save no file and copy nothing: the whole text stands in a field, from which a person takes it. */
export function ExportSection({ state, actions }: MyTimePart) {
  const { export: say } = useWords().myTime;
  const { exported, busy } = state;
  return (
    <Box testId="export-section">
      <Stack space="space.100">
        <Heading as="h2" size="small">
          {say.title}
        </Heading>
        <Text>{say.about}</Text>
        <Inline space="space.100" rowSpace="space.100" shouldWrap>
          <LoadingButton
            testId="export-csv"
            isLoading={busy === "export csv"}
            onClick={() => void actions.exportAs("csv")}
          >
            {say.csv}
          </LoadingButton>
          <LoadingButton
            testId="export-json"
            isLoading={busy === "export json"}
            onClick={() => void actions.exportAs("json")}
          >
            {say.json}
          </LoadingButton>
        </Inline>
        {exported === undefined ? null : (
          <Stack space="space.050">
            <Label labelFor="export">{say.file(exported.fileName, exported.entries)}</Label>
            <TextArea
              key={exported.fileName}
              id="export"
              testId="export"
              name="export"
              value={exported.text}
              isReadOnly
              isMonospaced
              autoFocus
              minimumRows={8}
              maxHeight="400px"
              spellCheck={false}
            />
            <HelperMessage>{say.how(exported.fileName)}</HelperMessage>
            <Stack alignInline="start">
              <Button testId="close-export" appearance="subtle" spacing="compact" onClick={actions.closeExport}>
                {say.close}
              </Button>
            </Stack>
          </Stack>
        )}
      </Stack>
    </Box>
  );
}
