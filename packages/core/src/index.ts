/**
 * Stageledger's rules. Pure: no I/O, no clock, no randomness, no environment.
 *
 * Words used here, one for each thing:
 *
 * - **work item** — a Jira issue or an Asana task, known by its stable id, never by its key or name.
 * - **status** — what the vendor calls the place of an item (Jira status id, Asana section gid).
 * - **stage** — a column of the shared flow; several statuses can belong to one stage.
 * - **stage map** — the versioned map from statuses to stages, with one *commitment* stage.
 * - **stage change** — the fact that an item moved from one status to another at an instant.
 * - **status stay** — one contiguous stay of an item in one status.
 * - **stage visit** — one contiguous stay of an item in one stage (one or more status stays).
 * - **timeline** — all stays of an item, from its creation to the as-of instant.
 * - **finding** — a countable doubt about the data: kind, count and the first keys it touches.
 * - **figure** — a printed number with its n, unit, rule id, map version and findings.
 * - **verdict** — which stage holds the work up, with evidence, or the reason why none is named.
 * - **time entry** — what a person logged: item, local date, minutes, activity, perhaps start and end; changed by new
 *   revisions.
 * - **posting** — one signed line of the append-only ledger; a correction reverses it and posts again.
 * - **contributor** — who logged, as a pseudonym that no other tenant has.
 * - **cell** — minutes by project, stage, activity, week and contributor: protected, the release's input.
 * - **cut** — one of the tables that are published; **atom** — one published number of it.
 * - **period** — the ISO weeks whose Thursday lies in one month.
 *
 * Instants are epoch milliseconds (integers). Days are integers: days since 1970-01-01 in the
 * report zone. Calendar text (`2026-09-07`) appears only in reports.
 * Rule ids (F3, E2, B1 …) refer to docs/flow-rules.md.
 */

export { DAY_MINUTES, durationText } from "./contract/duration.ts";
export {
  type Atom,
  type AtomIdentity,
  atomKey,
  atomLabel,
  type ContributorBand,
  hoursText,
  NOT_ENOUGH_PEOPLE,
  type PartLabel,
} from "./disclosure/atoms.ts";
export { type Contributor, Contributors } from "./disclosure/contributors.ts";
export { type HoursView, hoursView, type PartHours, type ProjectHours, partHours } from "./disclosure/hours-view.ts";
export type { PartOrder, PublishedWeek } from "./disclosure/merge-ladder.ts";
export { type Period, periodOf, type Quarter, quarterOf } from "./disclosure/period.ts";
export type { ProtectedCell } from "./disclosure/protected-cell.ts";
export { planRelease, type ReleasePlan, type ReleaseState } from "./disclosure/release-plan.ts";
export { periodAtoms, quarterAtoms, weekAtoms } from "./disclosure/released-atoms.ts";
export { latestPeriods, latestSpans, shownWeeks, spansEndedBy } from "./disclosure/released-spans.ts";
export { type RetentionEdges, retentionEdges } from "./disclosure/retention.ts";
export { SafetySettings, type SafetySettingsInput } from "./disclosure/safety-test.ts";
export { type ErrorCode, StageledgerError } from "./errors.ts";
export { DEFAULT_VERDICT_GATES, measureStages, type VerdictGates } from "./flow/bottleneck/decide.ts";
export { judge, type Naming, nameStage } from "./flow/bottleneck/judge.ts";
export { DEFAULT_PARKED_GATES, type ParkedGates, StageSampler } from "./flow/bottleneck/stage-samples.ts";
export type { BoardStyle, StageEvidence, Verdict } from "./flow/bottleneck.ts";
export { cycleDays, leadMilliseconds } from "./flow/cycle-time.ts";
export type { Finding, FindingKind } from "./flow/data-quality.ts";
export { Findings } from "./flow/data-quality.ts";
export { type Figure, FigureSheet, type Unit } from "./flow/figure.ts";
export { ALL_PROJECTS, FlowReportBuilder, flowOfProject, mapSummary } from "./flow/flow-report.ts";
export type { ItemFlag, ItemFlow } from "./flow/item-flow.ts";
export { lastActivity, type MeasuredItem, measure } from "./flow/measured-item.ts";
export type * from "./flow/report.ts";
export { DEFAULT_REPORT_SETTINGS, type ReportSettings } from "./flow/report-settings.ts";
export { elapsedByStage } from "./flow/stage-elapsed.ts";
export { StatusTimes } from "./flow/status-times.ts";
export { ACTIVITIES } from "./ledger/activity.ts";
export { attributeStage, type StageShare } from "./ledger/attribute-stage.ts";
export { balanceOf, type Cell, type CellKind, cellKey, cellsOfEntry, foldCells } from "./ledger/balance.ts";
export { type ClockInterval, clockInterval } from "./ledger/clock-interval.ts";
export { closesAt, DEFAULT_SETTLING_DAYS } from "./ledger/close.ts";
export {
  createEntry,
  deleteEntry,
  type EntryEdit,
  type EntryPlace,
  type EntryRevision,
  editEntry,
  entryOf,
  latestRevision,
  moveEntry,
  undoChange,
} from "./ledger/entry-revision.ts";
export { type EntryToPost, postEntry } from "./ledger/post-entry.ts";
export type { Posting, PostingLabels } from "./ledger/posting.ts";
export { EVERY_PROJECT, PostingMaps } from "./ledger/posting-maps.ts";
export {
  type EntryInterval,
  isSameEntry,
  parseEntryDate,
  refuseFarAhead,
  refuseImpossibleEntry,
  refuseOverfullDay,
  type TimeEntry,
  type Visibility,
} from "./ledger/time-entry.ts";
export { UNASSIGNED } from "./ledger/unassigned.ts";
export { compareNatural } from "./natural-order.ts";
export { parseDuration } from "./parse-duration.ts";
export { defaultStageMap, FirstEntryPlaces } from "./stages/default-stage-map.ts";
export type { BlockChange, ItemFacts, StageChange } from "./stages/item-facts.ts";
export { believed, type ItemPart, type ItemSnapshot } from "./stages/item-part.ts";
export { meaningOf } from "./stages/same-meaning.ts";
export { type Stage, type StageKind, type StagePosition, UNMAPPED, UNMAPPED_NAME } from "./stages/stage.ts";
export { mapInForce, StageMap, type StageMapInput } from "./stages/stage-map.ts";
export { buildTimeline, GONE, type StageTimeline } from "./stages/stage-timeline.ts";
export type { Status, StatusCategory } from "./stages/status.ts";
export { StatusCatalogue } from "./stages/status-catalogue.ts";
export {
  categoryOfName,
  resolutionSoundsWithdrawn,
  soundsBlocked,
  soundsLikeWaiting,
} from "./stages/status-words.ts";
export { parseInstant } from "./time/instant.ts";
export { weeksOf, weekText } from "./time/iso-week.ts";
export { type ReportWindow, reportWindow } from "./time/report-window.ts";
export { dayText, type EpochDay, mondayOf, ReportZone } from "./time/report-zone.ts";
export { OFFICE_HOURS, WorkCalendar, type WorkCalendarInput } from "./time/work-calendar.ts";
