import { Box, Heading, Stack } from "@forge/react";
import { useWords } from "../../words/words.ts";
import { FailedCopyNotice } from "../mirror/failed-copy-notice.tsx";
import { MirrorSetting } from "../mirror/mirror-setting.tsx";
import type { MyTimePart } from "./my-time-part.ts";

export function MirrorSection({ state, actions }: MyTimePart) {
  const { mirror } = useWords();
  return (
    <Box testId="mirror-section">
      <Stack space="space.100">
        <Heading as="h2" size="small">
          {mirror.title}
        </Heading>
        <MirrorSetting
          isOn={state.mirror.isOn}
          isWorking={state.busy === "mirror"}
          onSet={(isOn) => void actions.setMirror(isOn)}
        />
      </Stack>
    </Box>
  );
}

/** What Jira did not take of what was saved. */
export function FailedCopies({ state, actions }: MyTimePart) {
  const { failed } = state.mirror;
  if (failed.length === 0) return null;
  return (
    <Box role="status" testId="copy-notices" paddingBlock="space.100">
      <Stack space="space.100">
        {failed.map((one) => (
          <FailedCopyNotice
            key={one.entry.id}
            failed={one}
            today={state.today}
            isWorking={state.busy === `copy ${one.entry.id}`}
            onTryAgain={() => void actions.tryCopyAgain(one.entry.id)}
            onLeave={() => actions.leaveCopy(one.entry.id)}
          />
        ))}
      </Stack>
    </Box>
  );
}
