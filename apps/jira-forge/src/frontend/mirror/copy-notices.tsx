import { Box, Stack } from "@forge/react";
import type { ReactNode } from "react";
import type { CopyingPart } from "./copying-part.ts";
import { FailedCopyNotice } from "./failed-copy-notice.tsx";

/** What Jira did not take, and below it what is left there, where the page tells that. */
export function CopyNotices({ state, actions, children }: CopyingPart & { readonly children?: ReactNode }) {
  const { failed, leftovers } = state.mirror;
  if (failed.length === 0 && leftovers.length === 0) return null;
  return (
    <Box role="status" testId="copy-notices" paddingBlock="space.050">
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
        {children}
      </Stack>
    </Box>
  );
}
