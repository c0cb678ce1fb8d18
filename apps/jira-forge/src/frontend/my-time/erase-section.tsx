import { Box, Form, Heading, Inline, Label, LoadingButton, Stack, Text, Textfield } from "@forge/react";
import { typedText } from "../../components/typed-text.ts";
import { ERASE } from "../../state/my-time/data-actions.ts";
import { useWords } from "../../words/words.ts";
import type { MyTimePart } from "./my-time-part.ts";

/** Cannot be undone: a word is typed first. */
export function EraseSection({ state, actions }: MyTimePart) {
  const { erase: say } = useWords().myTime;
  const { erasing, busy } = state;
  return (
    <Box testId="erase-section">
      <Stack space="space.100">
        <Heading as="h2" size="small">
          {say.title}
        </Heading>
        <Text>{say.goes}</Text>
        <Text>{say.stays}</Text>
        <Form onSubmit={() => void actions.erase()}>
          <Stack space="space.050">
            <Label labelFor="erase">{say.confirm(ERASE)}</Label>
            <Inline space="space.100" alignBlock="center">
              <Box xcss={{ width: "160px" }}>
                <Textfield
                  key={erasing.number}
                  id="erase"
                  testId="erase"
                  name="erase"
                  onChange={(event) => actions.typeErasure(typedText(event))}
                />
              </Box>
              <LoadingButton type="submit" appearance="danger" testId="erase-submit" isLoading={busy === "erase"}>
                {say.erase}
              </LoadingButton>
            </Inline>
          </Stack>
        </Form>
      </Stack>
    </Box>
  );
}
