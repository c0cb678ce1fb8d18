import { Box, SectionMessage, Spinner, Stack, Tab, TabList, TabPanel, Tabs, Text } from "@forge/react";
import { FailureNotice } from "../../components/failure-notice.tsx";
import { SECTIONS } from "../../state/my-time/my-time-state.ts";
import { useMyTime } from "../../state/my-time/use-my-time.ts";
import type { Page } from "../../state/read-page.ts";
import { useWords } from "../../words/words.ts";
import { CopyNotices } from "../mirror/copy-notices.tsx";
import { AccountsSection } from "./accounts-section.tsx";
import { EraseSection } from "./erase-section.tsx";
import { ExportSection } from "./export-section.tsx";
import { MirrorSection } from "./mirror-section.tsx";
import type { MyTimePart } from "./my-time-part.ts";
import { NoticeLine } from "./notice-line.tsx";
import { UnassignedSection } from "./unassigned-section.tsx";
import { WeekSection } from "./week-section.tsx";

export function MyTimePage({ page }: { readonly page: Page }) {
  const words = useWords();
  const { state, actions } = useMyTime(page);
  switch (state.phase) {
    case "reading":
      return <Spinner label={words.myTime.reading} testId="reading" />;
    case "failed":
      return <FailureNotice failure={state.failure} onTryAgain={() => void actions.openAgain()} />;
    case "erased":
      return <Erased entries={state.entries} />;
    case "ready":
      return <Sections state={state} actions={actions} page={page} />;
  }
}

/** The week first; all else behind it. */
function Sections(part: MyTimePart) {
  const { state, actions } = part;
  const { sections } = useWords().myTime;
  const unassigned = state.unassigned.phase === "read" ? state.unassigned.value.entries.length : 0;
  return (
    <Box testId="my-time">
      <CopyNotices {...part} />
      <Tabs
        id="sections"
        selected={SECTIONS.indexOf(state.section)}
        onChange={(index) => actions.openSection(SECTIONS[index] ?? "week")}
      >
        <TabList>
          <Tab testId="tab-week">{sections.week}</Tab>
          <Tab testId="tab-unassigned">{sections.unassigned(unassigned)}</Tab>
          <Tab testId="tab-accounts">{sections.accounts}</Tab>
          <Tab testId="tab-data">{sections.data}</Tab>
        </TabList>
        <TabPanel>{state.section === "week" ? <WeekSection {...part} /> : <Box />}</TabPanel>
        <TabPanel>{state.section === "unassigned" ? <UnassignedSection {...part} /> : <Box />}</TabPanel>
        <TabPanel>{state.section === "accounts" ? <AccountsSection {...part} /> : <Box />}</TabPanel>
        <TabPanel>{state.section === "data" ? <Data {...part} /> : <Box />}</TabPanel>
      </Tabs>
    </Box>
  );
}

function Data(part: MyTimePart) {
  return (
    <Box paddingBlock="space.200" xcss={{ width: "100%", maxWidth: "760px" }}>
      <Stack space="space.400">
        <MirrorSection {...part} />
        <ExportSection {...part} />
        <Stack space="space.100">
          <EraseSection {...part} />
          <NoticeLine {...part} />
        </Stack>
      </Stack>
    </Box>
  );
}

function Erased({ entries }: { readonly entries: number }) {
  const { erase } = useWords().myTime;
  return (
    <SectionMessage appearance="success" title={erase.doneTitle} testId="erased">
      <Text>{erase.done(entries)}</Text>
    </SectionMessage>
  );
}
