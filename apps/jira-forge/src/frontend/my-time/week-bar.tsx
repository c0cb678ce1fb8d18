import { Box, DatePicker, Heading, Inline, LoadingButton, Stack, Text } from "@forge/react";
import { HiddenLabel } from "../../components/hidden-label.tsx";
import { sayRange } from "../../words/say-day.ts";
import { useWords } from "../../words/words.ts";
import type { MyTimePart } from "./my-time-part.ts";

/** Which week it is, and the way to others. */
export function WeekBar({ state, actions }: MyTimePart) {
  const words = useWords();
  const { week: say, copy } = words.myTime;
  const { week, today, busy } = state;
  const isThisWeek = week.firstDay <= today && today <= week.lastDay;
  return (
    <Stack space="space.150">
      <Stack space="space.050">
        <Heading as="h2" size="medium">
          {say.title(sayRange(week.firstDay, week.lastDay, words), Number(week.week.slice(-2)))}
        </Heading>
        <Text size="small" color="color.text.subtlest">
          {words.myTime.about}
        </Text>
      </Stack>
      <Inline space="space.100" rowSpace="space.100" alignBlock="center" shouldWrap>
        <LoadingButton
          testId="previous-week"
          spacing="compact"
          isLoading={busy === "previous"}
          onClick={() => void actions.previousWeek()}
        >
          {say.previous}
        </LoadingButton>
        {isThisWeek ? null : (
          <LoadingButton
            testId="this-week"
            spacing="compact"
            isLoading={busy === "this-week"}
            onClick={() => void actions.thisWeek()}
          >
            {say.thisWeek}
          </LoadingButton>
        )}
        <LoadingButton
          testId="next-week"
          spacing="compact"
          isLoading={busy === "next"}
          onClick={() => void actions.nextWeek()}
        >
          {say.next}
        </LoadingButton>
        <Box xcss={{ width: "150px" }}>
          <HiddenLabel labelFor="pick-day">{say.pick}</HiddenLabel>
          <DatePicker
            key={week.firstDay}
            id="pick-day"
            testId="pick-day"
            spacing="compact"
            value={week.firstDay}
            weekStartDay={1}
            locale={words.language}
            onChange={(day) => {
              if (day !== "") void actions.pickDay(day);
            }}
          />
        </Box>
        <LoadingButton
          testId="copy-last-week"
          appearance="subtle"
          spacing="compact"
          isLoading={busy === "copy"}
          onClick={() => void actions.copyLastWeek()}
        >
          {copy.copy}
        </LoadingButton>
      </Inline>
    </Stack>
  );
}
