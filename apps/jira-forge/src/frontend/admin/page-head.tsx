import { Inline, LoadingButton, Stack, Text } from "@forge/react";
import { sayTime } from "../../words/say-day.ts";
import { useWords } from "../../words/words.ts";
import type { AdminPart } from "./admin-part.ts";
import { SectionNotice } from "./section-notice.tsx";

/** What the page is, and of when. */
export function PageHead({ state, actions }: AdminPart) {
  const words = useWords();
  const { now, zone } = state.site;
  return (
    <Stack space="space.100">
      <Text color="color.text.subtle">{words.admin.about}</Text>
      <Inline space="space.150" rowSpace="space.050" alignBlock="center" shouldWrap>
        <Text testId="read-at">{words.admin.readAt(sayTime(now, now, zone, words), zone)}</Text>
        <LoadingButton
          testId="refresh"
          spacing="compact"
          isLoading={state.busy === "look"}
          onClick={() => void actions.look()}
        >
          {words.admin.refresh}
        </LoadingButton>
        <SectionNotice at="connections" state={state} />
      </Inline>
    </Stack>
  );
}
