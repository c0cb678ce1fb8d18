import { Box, Spinner, Stack } from "@forge/react";
import { FailureNotice } from "../../components/failure-notice.tsx";
import { useAdmin } from "../../state/admin/use-admin.ts";
import { useWords } from "../../words/words.ts";
import { Connections } from "./connections.tsx";
import { NativeWorklogs } from "./native-worklogs.tsx";
import { NotConnected } from "./not-connected.tsx";
import { PageHead } from "./page-head.tsx";
import { Projects } from "./projects/projects.tsx";
import { Sees } from "./sees.tsx";
import { Stages } from "./stages/stages.tsx";
import { Zone } from "./zone.tsx";

/** A line that is longer than this is read with effort. */
const MOST_WIDTH = "960px";

export function AdminPage() {
  const words = useWords();
  const { state, actions } = useAdmin();
  if (state.phase === "reading")
    return (
      <Box padding="space.100">
        <Spinner label={words.admin.reading} testId="reading" />
      </Box>
    );
  if (state.phase === "failed")
    return state.failure.code === "INSTALLATION_UNKNOWN" ? (
      <NotConnected onTryAgain={() => void actions.openAgain()} />
    ) : (
      <FailureNotice failure={state.failure} onTryAgain={() => void actions.openAgain()} />
    );
  const page = { state, actions };
  return (
    <Box testId="admin" paddingBlock="space.100" xcss={{ maxWidth: MOST_WIDTH }}>
      <Stack space="space.500">
        <Stack space="space.300">
          <PageHead {...page} />
          <Connections {...page} />
        </Stack>
        <Stages {...page} />
        <Projects {...page} />
        <Zone {...page} />
        <NativeWorklogs {...page} />
        <Sees />
      </Stack>
    </Box>
  );
}
