import { Button, Inline, LoadingButton, Text } from "@forge/react";
import { pendingOf } from "../../state/my-time/week-changes.ts";
import { useWords } from "../../words/words.ts";
import type { MyTimePart } from "./my-time-part.ts";

export function SaveLine({ state, actions }: MyTimePart) {
  const { save } = useWords().myTime;
  const count = pendingOf(state).length;
  return (
    <Inline space="space.100" rowSpace="space.100" alignBlock="center" shouldWrap>
      {/* Never disabled: Enter in a cell is heard by it. */}
      <LoadingButton
        type="submit"
        appearance={count > 0 ? "primary" : "default"}
        testId="save"
        isLoading={state.busy === "save"}
      >
        {save.save}
      </LoadingButton>
      {count === 0 ? null : (
        <>
          <Text testId="unsaved" weight="medium">
            {save.unsaved(count)}
          </Text>
          <Button testId="take-back" appearance="subtle" onClick={actions.takeBack}>
            {save.takeBack(count)}
          </Button>
        </>
      )}
    </Inline>
  );
}
