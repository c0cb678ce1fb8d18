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
  return (
    <Box testId={testId}>
      <List type="unordered">
        {/* By place: UI Kit puts what moves into a wrong one. */}
        {[...changes.entries()].map(([place, change]) => (
          <ListItem key={place}>
            <Text>{sayStageChange(change, words)}</Text>
          </ListItem>
        ))}
      </List>
    </Box>
  );
}
