import { Inline, Stack, Text } from "@forge/react";
import { FailureNotice } from "../../components/failure-notice.tsx";
import { PurposeBox } from "../../components/purpose-box.tsx";
import { QuietLink } from "../../components/quiet-link.tsx";
import { sayInstant } from "../../words/say-instant.ts";
import { useWords } from "../../words/words.ts";
import type { ProjectPart } from "./project-part.ts";

/** How old all this is, and what a reader may ask next. */
export function About({ state, desk }: ProjectPart) {
  const words = useWords();
  const { report, open, busy, failure } = state;
  const { when, zone } = sayInstant(report.asOf, report.zone, words);
  const showsPurpose = open?.kind === "purpose";
  return (
    <Stack space="space.100">
      <Text testId="roadblocks">{words.project.roadblocks}</Text>
      <Text size="small" color="color.text.subtle" testId="as-of">
        {words.project.asOf(when, zone)}
      </Text>
      <Inline space="space.200" rowSpace="space.050" shouldWrap>
        <QuietLink testId="look" isWorking={busy === "look"} onPress={() => void desk.look()}>
          {words.project.look}
        </QuietLink>
        <QuietLink testId="purpose-link" isWorking={busy === "purpose"} onPress={() => void desk.togglePurpose()}>
          {showsPurpose ? words.purpose.close : words.purpose.link}
        </QuietLink>
      </Inline>
      {failure === undefined ? null : <FailureNotice failure={failure} />}
      {showsPurpose ? <PurposeBox text={open.text} /> : null}
    </Stack>
  );
}
