import { LoadingButton, Stack, Text } from "@forge/react";
import { durationText } from "@stageledger/core/contract/duration";
import type { Leftover } from "../../mirror/mirror-state.ts";
import { sayDay } from "../../words/say-day.ts";
import { useWords } from "../../words/words.ts";
import type { PanelPart } from "./panel-part.ts";

/** Copies in Jira whose entries are not here. */
export function LeftoverLines(panel: PanelPart) {
  const { leftovers } = panel.state.mirror;
  return (
    <>
      {leftovers.map((leftover) => (
        <LeftoverLine key={leftover.worklogId} {...panel} leftover={leftover} />
      ))}
    </>
  );
}

function LeftoverLine({ state, actions, leftover }: PanelPart & { readonly leftover: Leftover }) {
  const words = useWords();
  const { worklogId, minutes, date } = leftover;
  const [time, day] = [durationText(minutes), sayDay(date, state.today, words)];
  return (
    <Stack space="space.050" alignInline="start" testId={`leftover-${worklogId}`}>
      <Text>{words.mirror.leftover(time, day)}</Text>
      <LoadingButton
        testId={`remove-leftover-${worklogId}`}
        spacing="compact"
        isLoading={state.busy === `leftover ${worklogId}`}
        onClick={() => void actions.removeLeftover(leftover)}
      >
        {words.mirror.removeLeftover(time, day)}
      </LoadingButton>
    </Stack>
  );
}
