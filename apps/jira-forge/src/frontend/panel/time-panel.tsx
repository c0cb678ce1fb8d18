import { Box, Inline, Spinner, Stack } from "@forge/react";
import { FailureNotice } from "../../components/failure-notice.tsx";
import type { Place } from "../../state/read-place.ts";
import { usePanel } from "../../state/use-panel.ts";
import { useWords } from "../../words/words.ts";
import { CopyNotices } from "../mirror/copy-notices.tsx";
import { EntryList } from "./entry-list.tsx";
import { LeftoverLines } from "./leftover-lines.tsx";
import { LogForm } from "./log-form.tsx";
import { MirrorLink, MirrorPart } from "./mirror-part.tsx";
import { NoticeLine } from "./notice-line.tsx";
import { PurposeLink, PurposeText } from "./purpose.tsx";
import { OpenRoadblocks, RaiseRoadblock, RoadblockLink } from "./roadblocks.tsx";
import { TimerLine } from "./timer-line.tsx";

/** A line that is longer than this is read with effort. */
const MOST_WIDTH = "600px";

export function TimePanel({ place }: { readonly place: Place }) {
  const words = useWords();
  const { state, actions } = usePanel(place);
  if (state.phase === "reading")
    return (
      <Box padding="space.100">
        <Spinner label={words.reading} testId="reading" />
      </Box>
    );
  if (state.phase === "failed")
    return <FailureNotice failure={state.failure} onTryAgain={() => void actions.openAgain()} />;
  const panel = { state, actions, place };
  return (
    <Box testId="panel" paddingBlock="space.050" xcss={{ maxWidth: MOST_WIDTH }}>
      <Stack space="space.200">
        <Stack space="space.100">
          <LogForm {...panel} />
          <NoticeLine {...panel} />
          <CopyNotices {...panel}>
            <LeftoverLines {...panel} />
          </CopyNotices>
        </Stack>
        <TimerLine {...panel} />
        <EntryList {...panel} />
        <OpenRoadblocks {...panel} />
        <Inline space="space.200" rowSpace="space.050" shouldWrap>
          <PurposeLink {...panel} />
          <RoadblockLink {...panel} />
          <MirrorLink {...panel} />
        </Inline>
        <PurposeText {...panel} />
        <RaiseRoadblock {...panel} />
        <MirrorPart {...panel} />
      </Stack>
    </Box>
  );
}
