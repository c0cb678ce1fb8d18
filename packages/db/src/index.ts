/** The ledger's database: opened, migrated, recorded into and read from, one tenant and one role at a time. */
export { chooseProjectOfEntry, findChosenProjects } from "./chosen-projects.ts";
export { type BellTally, type ConnectionTally, tallyBells, tallyConnection } from "./connections/connection-tally.ts";
export {
  addConnection,
  type ConnectedProject,
  type Connection,
  chooseProject,
  holdConnectionTo,
  keepProgress,
  listConnectedProjects,
  listConnections,
  listReadProjects,
  openCredentials,
  type ReadProject,
  removeConnection,
  replaceCredentials,
  setConnectionProblem,
} from "./connections/connections.ts";
export { findDoubtful, keepDoubtful } from "./connections/doubtful-items.ts";
export { type DueJob, listDueJobs, listDueJobsOf, removeDue, setDue } from "./connections/due-jobs.ts";
export {
  addHook,
  confirmHook,
  findHook,
  type Hook,
  type KnownHook,
  listHooks,
  removeHook,
  takeHookSecret,
} from "./connections/hooks.ts";
export { findKnownSite, isSite, keepKnownSite, type Site } from "./connections/known-sites.ts";
export { leaveProject, lookAgain, lookAgainAtItem } from "./connections/look-again.ts";
export {
  beginRead,
  findSeenItems,
  keepSeenItems,
  listItemsWithHoursOf,
  listSeenItemsOf,
  type SeenEntry,
  type SeenItem,
} from "./connections/seen-items.ts";
export {
  findSourceCursor,
  moveSourceCursor,
  restartSourceCursor,
  rewindSourceCursor,
} from "./connections/source-cursors.ts";
export { findWantedProjects, setWantedProjects, type WantedProjects } from "./connections/wanted-projects.ts";
export {
  type Account,
  ensureContributors,
  type FoundContributor,
  findContributor,
  findContributors,
} from "./contributors.ts";
export type { Database } from "./engine/database.ts";
export { openDatabase } from "./engine/open-database.ts";
export { inTransaction, type Leave, lockTenant } from "./engine/tenant-transaction.ts";
export { eraseAccounts } from "./erasure/erase-accounts.ts";
export { type Erasure, erasePerson } from "./erasure/erase-person.ts";
export { forgetInstallation } from "./erasure/forget-installation.ts";
export { examineGuards } from "./examine/examine-guards.ts";
export { examineTenant } from "./examine/examine-tenant.ts";
export { type ExportSink, exportTenant } from "./export/export-tenant.ts";
export {
  appendBells,
  type Bell,
  type BellFields,
  dueBells,
  listParkedBells,
  type NewBell,
  nextBellAt,
  type ParkedBell,
  postponeBells,
  type RungBell,
  retryParkedBells,
  settleBells,
} from "./inbox/bells.ts";
export {
  dropImpossible,
  findImpossible,
  type ImpossibleEntry,
  parkImpossible,
} from "./inbox/impossible-entries.ts";
export { ringBells } from "./inbox/ring.ts";
export {
  addInstallation,
  findTenantOfInstallation,
  holdInstallation,
  removeInstallation,
} from "./installations.ts";
export {
  findItem,
  findItemByKey,
  findItemProjects,
  findItems,
  findItemsByKeys,
  type ItemNow,
  type NamedItem,
} from "./items.ts";
export { countLinks, issueLinkCode, type LinkCode, listContributorsOf, redeemLinkCode, unlink } from "./links.ts";
export { addInvite, findTenantOfInvite, type Invite, inviteUnknown, useInvite } from "./members/invites.ts";
export {
  addMember,
  findMember,
  findTenantsOf,
  type Identity,
  MEMBER_ROLES,
  type Member,
  type MemberRole,
  PAGE_ACCOUNT,
} from "./members/members.ts";
export { endSession, findSession, openSession, replaceToken, type Session } from "./members/sessions.ts";
export { migrate, requireCurrentSchema } from "./migrate.ts";
export {
  findMyEntry,
  findMyEntryById,
  findMyRevisions,
  inOneOrder,
  listEntriesOfHuman,
  listMyEntries,
  listMyEntriesOfItem,
  listMyEntriesOfProject,
  type MyEntry,
  type MyRevisions,
  minutesOfDays,
} from "./my-entries.ts";
export { setNativeWorklogs, takesNativeWorklogs, UPDATED_WORKLOGS } from "./native-worklogs.ts";
export { findPersonSettings, type PersonSettings, putPersonSettings } from "./person-settings.ts";
export { listRestrictedProjects, setProjectRestricted } from "./project-settings.ts";
export { getPurposeText } from "./purpose-text.ts";
export type { Facts, RecordedRevision, RecordOutcome, StatusSighting } from "./record/facts.ts";
export { findLastClosedWeek } from "./record/last-closed-week.ts";
export {
  loadPostingRules,
  loadReadingRules,
  loadStageMaps,
  type PostingRules,
  type ReadingRules,
} from "./record/posting-rules.ts";
export { recordFacts, recordIn } from "./record/record-facts.ts";
export { type EntryBasis, loadEntryBasis, recordNewEntry } from "./record/record-new-entry.ts";
export { recordStageMap, recordStageMapIn } from "./record/record-stage-map.ts";
export { findRecordedHistories, type RecordedHistory } from "./record/recorded-histories.ts";
export { finalDeletions, revisionsFromSource, type ShownEntry } from "./record/source-revisions.ts";
export type { PublishedAtom } from "./release/atom-rows.ts";
export { previewRelease, type ReleaseOutcome, release } from "./release/release.ts";
export { type AdmittedCall, admitCall, type CallToAdmit } from "./replay/admit-call.ts";
export { keepAnswer, type RequestAnswer } from "./replay/answered-requests.ts";
export { type CallProof, type CallStanding, holdCall } from "./replay/call-proof.ts";
export { useToken } from "./replay/used-tokens.ts";
export { listProjectStates, type ProjectStates } from "./report/list-project-states.ts";
export {
  inProject,
  type ProjectFacts,
  type ProjectFrame,
  type RaisedRoadblock,
  type ReadFacts,
  SHOWN_PERIODS,
} from "./report/read-project-facts.ts";
export { type ReportFacts, readReportFacts } from "./report/read-report-facts.ts";
export { nothingRecorded } from "./report/report-frame.ts";
export { type Retained, retain } from "./retention/retain.ts";
export { addRoadblock, findRoadblock, listRoadblocks, type Roadblock, resolveRoadblock } from "./roadblocks.ts";
export { KnownSecrets } from "./secrets/known-secrets.ts";
export { MasterKey, type RandomBytes } from "./secrets/master-key.ts";
export { openTenantSecrets, TenantSecrets } from "./secrets/tenant-secrets.ts";
export {
  type LedgerProject,
  listLedgerProjects,
  listSourceProjects,
  loadProjectNames,
  moveItemsOf,
  nameSourceProject,
} from "./source-projects.ts";
export { isAnyItemIn, loadFirstEntryPlaces, loadStatuses } from "./statuses.ts";
export { createTenant, findTenantIdByName, getTenant, listTenantIds, type NewTenant, type Tenant } from "./tenants.ts";
export {
  addTimeImport,
  dayKey,
  findKnownEntries,
  type KnownEntry,
  listTimeImports,
  minutesByDay,
  undoTimeImport,
} from "./time-imports.ts";
export { hasRecordedDays, setZone } from "./time-zone.ts";
export { findTimer, putTimer, removeTimer, type Timer } from "./timers.ts";
export type { Difference } from "./verify/difference.ts";
export { verify } from "./verify/verify.ts";
