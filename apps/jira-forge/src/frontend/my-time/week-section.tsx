import { Box, Button, Form, Inline, Stack, Text } from "@forge/react";
import { countPendingElsewhere, shownRows } from "../../state/my-time/shown-rows.ts";
import { rowsOf } from "../../state/my-time/week-grid.ts";
import { useWords } from "../../words/words.ts";
import { AddRow } from "./add-row.tsx";
import { LeaveQuestion } from "./leave-question.tsx";
import { ListedEntries } from "./listed-entries.tsx";
import type { MyTimePart } from "./my-time-part.ts";
import { NoticeLine } from "./notice-line.tsx";
import { SaveLine } from "./save-line.tsx";
import { Unclear } from "./unclear.tsx";
import { WeekBar } from "./week-bar.tsx";
import { WeekGrid } from "./week-grid.tsx";

export function WeekSection(part: MyTimePart) {
  const { state, actions } = part;
  const { week: words, grid } = useWords().myTime;
  const rows = rowsOf(state);
  const shown = shownRows(rows, state);
  return (
    <Box paddingBlock="space.200" xcss={{ width: "100%" }}>
      <Stack space="space.200">
        <WeekBar {...part} />
        {state.wanted === undefined ? null : <LeaveQuestion {...part} />}
        {state.week.isClosed ? (
          <Text size="small" testId="closed-week">
            {words.closed}
          </Text>
        ) : null}
        {rows.length === 0 ? (
          <Stack space="space.150">
            <Text color="color.text.subtle" testId="empty">
              {words.empty}
            </Text>
            <NoticeLine {...part} />
          </Stack>
        ) : (
          <Form onSubmit={() => void actions.save()}>
            <Stack space="space.150">
              <WeekGrid {...part} rows={rows} shown={shown} />
              {shown.length === rows.length ? null : (
                <Inline space="space.100" rowSpace="space.050" alignBlock="center" shouldWrap>
                  <Text testId="partly-shown">
                    {grid.partly(shown.length, rows.length, countPendingElsewhere(shown, state))}
                  </Text>
                  <Button testId="show-all" appearance="subtle" spacing="compact" onClick={actions.showAllRows}>
                    {grid.showAll(rows.length)}
                  </Button>
                </Inline>
              )}
              <Text size="small" color="color.text.subtlest">
                {grid.help}
              </Text>
              <Unclear {...part} />
              <SaveLine {...part} />
              <NoticeLine {...part} />
              <ListedEntries {...part} rows={shown} />
            </Stack>
          </Form>
        )}
        <AddRow {...part} isFirst={rows.length === 0} />
      </Stack>
    </Box>
  );
}
