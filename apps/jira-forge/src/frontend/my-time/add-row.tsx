import { Box, Form, Inline, Label, LoadingButton, Stack, Text, Textfield } from "@forge/react";
import { typedText } from "../../components/typed-text.ts";
import { useWords } from "../../words/words.ts";
import type { MyTimePart } from "./my-time-part.ts";

/** Finds an issue by key or words. One that is found alone has its row at once; among several, one is chosen. */
export function AddRow({ state, actions, isFirst }: MyTimePart & { readonly isFirst: boolean }) {
  const { add } = useWords().myTime;
  const { search, busy } = state;
  const found = search.found ?? [];
  return (
    <Box xcss={{ width: "100%", maxWidth: "600px" }}>
      <Stack space="space.100">
        <Form onSubmit={() => void actions.find()}>
          <Stack space="space.050">
            <Label labelFor="find">{add.label}</Label>
            <Inline space="space.100" alignBlock="center">
              <Textfield
                key={search.number}
                id="find"
                testId="find"
                name="find"
                placeholder={add.placeholder}
                autoFocus={isFirst && search.number === 0}
                onChange={(event) => actions.typeSearch(typedText(event))}
              />
              <LoadingButton type="submit" testId="find-submit" isLoading={busy === "find"}>
                {add.find}
              </LoadingButton>
            </Inline>
          </Stack>
        </Form>
        {found.length === 0 ? null : (
          <Stack space="space.050" alignInline="start">
            <Text size="small">{add.choose}</Text>
            {found.map((issue, i) => (
              <LoadingButton
                key={issue.key}
                testId={`add-${issue.key}`}
                appearance="subtle"
                spacing="compact"
                autoFocus={i === 0}
                isLoading={busy === `add ${issue.key}`}
                onClick={() => void actions.addRow(issue)}
              >
                {add.issue(issue.key, issue.title)}
              </LoadingButton>
            ))}
          </Stack>
        )}
      </Stack>
    </Box>
  );
}
