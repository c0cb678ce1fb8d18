import { Box, Heading, Stack } from "@forge/react";
import { QuietLink } from "../../components/quiet-link.tsx";
import { useCommand } from "../../state/command/use-command.ts";
import type { CommandPlace } from "../../state/read-place.ts";
import { useWords } from "../../words/words.ts";
import { TimePanel } from "../panel/time-panel.tsx";
import { ChooseIssue } from "./choose-issue.tsx";

/** The panel from the palette: first on which issue, where Jira does not say that it was opened on one. */
export function LogTime({ place: { opened, ...place } }: { readonly place: CommandPlace }) {
  const { command } = useWords();
  const { state, actions } = useCommand(opened);
  const { chosen } = state;
  if (chosen === undefined) return <ChooseIssue state={state} actions={actions} />;
  return (
    <Box padding="space.100">
      <Stack space="space.100">
        <Stack space="space.025" alignInline="start">
          <Heading as="h2" size="small">
            {command.issue(chosen.key, chosen.title)}
          </Heading>
          <QuietLink testId="another-issue" onPress={() => actions.choose(undefined)}>
            {command.another}
          </QuietLink>
        </Stack>
        <TimePanel key={chosen.itemId} place={{ ...place, itemId: chosen.itemId }} />
      </Stack>
    </Box>
  );
}
