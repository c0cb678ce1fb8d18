import { Box, Button, ErrorMessage, Inline, Stack } from "@forge/react";
import { type Pending, pendingOf } from "../../state/my-time/week-changes.ts";
import { sayRefusal } from "../../words/say-refusal.ts";
import { useWords } from "../../words/words.ts";
import type { MyTimePart } from "./my-time-part.ts";
import { sayCell } from "./say-cell.ts";

type Two = Pending & { readonly reading: { readonly kind: "two" } };

/** What cannot be saved as it was typed, by the name of its cell. */
export function Unclear({ state, actions }: MyTimePart) {
  const words = useWords();
  const { wrong: say } = words.myTime;
  const pending = pendingOf(state);
  const twos = pending.filter((one): one is Two => one.reading.kind === "two");
  const takeAll = (which: 0 | 1): void =>
    actions.takeReading(twos.map(({ field, reading }) => ({ field, minutes: reading.reading.minutes[which] })));
  return (
    <Box role="status" testId="unclear">
      <Stack space="space.100">
        {pending.map(({ field, reading }) => {
          if (reading.kind !== "wrong") return null;
          const text = state.drafts.get(field.id)?.text ?? "";
          return (
            <ErrorMessage key={field.id}>
              {say.at(sayCell(field, state.today, words), text, sayRefusal(reading.reading, words))}
            </ErrorMessage>
          );
        })}
        {twos.map(({ field, reading }) => {
          const cell = sayCell(field, state.today, words);
          const { amount, minutes } = reading.reading;
          return (
            <Stack key={field.id} space="space.050">
              <ErrorMessage>{say.two(cell, amount)}</ErrorMessage>
              <Inline space="space.100" rowSpace="space.050" shouldWrap>
                {minutes.map((one) => (
                  <Button
                    key={one}
                    spacing="compact"
                    testId={`take-${field.itemKey}-${field.date}-${one}`}
                    onClick={() => actions.takeReading([{ field, minutes: one }])}
                  >
                    {say.take(cell, one)}
                  </Button>
                ))}
              </Inline>
            </Stack>
          );
        })}
        {twos.length < 2 ? null : (
          <Inline space="space.100">
            <Button testId="take-all-hours" spacing="compact" onClick={() => takeAll(0)}>
              {say.takeAllHours}
            </Button>
            <Button testId="take-all-minutes" spacing="compact" onClick={() => takeAll(1)}>
              {say.takeAllMinutes}
            </Button>
          </Inline>
        )}
      </Stack>
    </Box>
  );
}
