import { Box, Spinner, Stack } from "@forge/react";
import { FailureNotice } from "../../components/failure-notice.tsx";
import type { ProjectPlace } from "../../state/project/read-project-place.ts";
import { useProject } from "../../state/project/use-project.ts";
import { useWords } from "../../words/words.ts";
import { About } from "./about.tsx";
import { Charts } from "./charts.tsx";
import { StageTable } from "./stage-table.tsx";
import { Verdict } from "./verdict.tsx";

/** Wider, and the eye loses its line in the table. */
const MOST_WIDTH = "1040px";

export function BottleneckPage({ place }: { readonly place: ProjectPlace }) {
  const words = useWords();
  const { state, desk } = useProject(place);
  if (state.phase === "reading")
    return (
      <Box padding="space.100">
        <Spinner label={words.project.reading} testId="reading" />
      </Box>
    );
  if (state.phase === "failed")
    return <FailureNotice failure={state.failure} onTryAgain={() => void desk.openAgain()} />;
  const page = { state, desk };
  return (
    <Box testId="project" paddingBlock="space.100" xcss={{ maxWidth: MOST_WIDTH }}>
      <Stack space="space.500">
        <Verdict {...page} />
        <StageTable {...page} />
        <Charts {...page} />
        <About {...page} />
      </Stack>
    </Box>
  );
}
