import { Heading, List, ListItem, Stack, Strong, Text } from "@forge/react";
import { QuietLink } from "../../components/quiet-link.tsx";
import type { Report } from "../../state/project/project-state.ts";
import type { Words } from "../../words/english.ts";
import { useWords } from "../../words/words.ts";
import type { ProjectPart } from "./project-part.ts";

const MOST_SHARES = 3;

/** What is so, what it rests on, what to try; then what nobody can know from it. */
export function Verdict({ state, desk }: ProjectPart) {
  const words = useWords();
  const { project: of } = words;
  const { report } = state;
  const { verdict, window } = report;
  const showsLimits = state.open?.kind === "limits";
  return (
    <Stack space="space.200">
      <Stack space="space.100">
        <Text size="small" color="color.text.subtle" testId="eyebrow">
          {of.eyebrow({
            project: report.project,
            span: of.span(window),
            weeks: window.weeks,
            zone: report.zone,
            mapVersion: verdict.mapVersion,
            boardNote: verdict.boardNote,
          })}
        </Text>
        <Heading as="h2" size="xlarge" testId="verdict">
          {verdict.sentence}
        </Heading>
        <Text color="color.text.subtle" testId="sureness">
          {sureness(report, words)}
        </Text>
      </Stack>
      <List type="unordered">
        {evidence(report, words).map((line) => (
          <ListItem key={line}>{line}</ListItem>
        ))}
      </List>
      {verdict.tryFirst === null ? null : (
        <Text testId="try-first">
          <Strong>{of.tryFirst}</Strong> {asSentence(verdict.tryFirst)}
        </Text>
      )}
      <Stack space="space.050" alignInline="start">
        <Text size="small" color="color.text.subtle" testId="trust">
          {[verdict.accuracyNote, of.limits.short].filter((line) => line !== null).join(" ")}
        </Text>
        <QuietLink testId="limits-link" onPress={() => desk.toggleLimits()}>
          {showsLimits ? of.limits.hide : of.limits.show}
        </QuietLink>
      </Stack>
      {showsLimits ? (
        <List type="unordered">
          {of.limits.list.map((line) => (
            <ListItem key={line}>{line}</ListItem>
          ))}
        </List>
      ) : null}
    </Stack>
  );
}

function sureness({ verdict }: Report, { project: of }: Words): string {
  const { outcome, resamples, finishes, thin } = verdict;
  const named = outcome === "candidate" ? of.candidate : of.named;
  return [
    ...(outcome === "none" || resamples.of === 0 ? [] : [named(resamples.same, resamples.of)]),
    of.finished(finishes),
    ...(thin ? [of.thin] : []),
  ].join(" · ");
}

function evidence(report: Report, { project: of }: Words): readonly string[] {
  const { verdict, dataQuality } = report;
  const shares = verdict.shares.filter(({ share }) => share > 0).toSorted((a, b) => b.share - a.share);
  return [
    ...verdict.evidence.filter((line) => line !== ""),
    ...(verdict.stage === null && shares.length > 0 ? [of.shares(shares.slice(0, MOST_SHARES))] : []),
    cycleTime(report, of),
    ...(verdict.parked === 0 ? [] : [of.parked(verdict.parked)]),
    of.dataQuality(dataQuality),
  ];
}

function cycleTime({ cycleTime: { p85, range } }: Report, of: Words["project"]): string {
  if (p85.value === null) return of.noCycleTime(p85.note ?? of.noItems);
  const otherwise = range === null ? "" : of.cycleTimeRange(range.low, range.high, range.items);
  return `${of.cycleTime(p85.value, p85.n, p85.note)}${otherwise}.`;
}

/** The ledger's hints are parts of sentences. */
function asSentence(hint: string): string {
  return /[.?]$/u.test(hint) ? hint : `${hint}.`;
}
