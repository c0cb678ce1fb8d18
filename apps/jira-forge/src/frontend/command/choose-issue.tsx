import {
  Box,
  Button,
  Form,
  HelperMessage,
  Inline,
  Label,
  LoadingButton,
  Spinner,
  Stack,
  Text,
  Textfield,
} from "@forge/react";
import { typedText } from "../../components/typed-text.ts";
import type { useCommand } from "../../state/command/use-command.ts";
import { useWords } from "../../words/words.ts";

type ChooseIssueProps = ReturnType<typeof useCommand>;

/** By key or words and Enter, or one of those that were logged on lately. */
export function ChooseIssue({ state, actions }: ChooseIssueProps) {
  const words = useWords();
  const { command } = words;
  const { recent, found, isSearching, remark } = state;
  const offered = found === undefined || found.length === 0 ? (recent ?? []) : found;
  return (
    <Box testId="choose-issue" padding="space.100">
      <Stack space="space.200">
        <Form onSubmit={() => void actions.find()}>
          <Stack space="space.050">
            <Label labelFor="find">{command.find}</Label>
            <Inline space="space.100" alignBlock="center">
              <Textfield
                id="find"
                testId="find"
                name="find"
                placeholder={command.placeholder}
                autoFocus
                onChange={(event) => actions.type(typedText(event))}
              />
              <LoadingButton type="submit" testId="find-submit" isLoading={isSearching}>
                {command.search}
              </LoadingButton>
            </Inline>
            <Box role="status" testId="find-remark">
              {remark === undefined ? null : (
                <HelperMessage>
                  {remark === "nothing-found" ? command.nothingFound : command.jiraUnreached}
                </HelperMessage>
              )}
            </Box>
          </Stack>
        </Form>
        {recent === undefined && found === undefined ? <Spinner label={words.reading} testId="reading" /> : null}
        {offered.length === 0 ? null : (
          <Stack space="space.050" alignInline="start">
            <Text size="small" color="color.text.subtle">
              {offered === found ? command.choose : command.recent}
            </Text>
            {offered.map((issue) => (
              <Button
                key={issue.key}
                testId={`choose-${issue.key}`}
                appearance="subtle"
                spacing="compact"
                onClick={() => actions.choose(issue)}
              >
                {command.issue(issue.key, issue.title)}
              </Button>
            ))}
          </Stack>
        )}
      </Stack>
    </Box>
  );
}
