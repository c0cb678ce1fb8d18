import { Box, List, ListItem, Text } from "@forge/react";
import type { StageChange } from "../../../state/admin/stage-changes.ts";
import { sayStageChange } from "../../../words/say-stage-change.ts";
import { useWords } from "../../../words/words.ts";

interface ChangeListProps {
  readonly testId: string;
  readonly changes: readonly StageChange[];
}

export function ChangeList({ testId, changes }: ChangeListProps) {
  const words = useWords();
  if (changes.length === 0) return null;
  const said = changes.map((change) => sayStageChange(change, words));
  return (
    <Box testId={testId}>
      <List type="unordered">
        {said.map((text) => (
          <ListItem key={text}>
            <Text>{text}</Text>
          </ListItem>
        ))}
      </List>
    </Box>
  );
}
