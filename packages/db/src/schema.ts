/**
 * The tables as Kysely sees them, schema by schema. Instants are epoch milliseconds (`…_ms`), days and weeks calendar
 * text (`2026-09-07`; a week is its Monday), ids text in lower case. Both engines return these very types.
 */
import type { EntryRevision, StageMapInput, StatusCategory, Visibility } from "@stageledger/core";
import type { Generated, JSONColumnType } from "kysely";

interface RouteTable {
  readonly route_hash: Uint8Array;
  readonly kind: string;
  readonly tenant_id: string;
}

interface DueTable {
  readonly tenant_id: string;
  readonly job: string;
  readonly due_at_ms: number;
}

interface RoleHolderTable {
  readonly tenant_id: string;
  readonly holder_id: string;
  readonly role: "admin" | "steward";
  readonly typed_name: string;
}

interface TenantTable {
  readonly tenant_id: string;
  readonly name: string;
  readonly zone: string;
  readonly settling_days: number;
  readonly is_demo: boolean;
  readonly created_at_ms: number;
  readonly takes_native_worklogs: Generated<boolean>;
}

interface PurposeTextTable {
  readonly tenant_id: string;
  readonly version: number;
  readonly text: string;
}

interface TenantSecretTable {
  readonly tenant_id: string;
  readonly wrapped_key: Uint8Array;
  readonly sealed_p: Uint8Array;
}

interface DisclosureSettingTable {
  readonly tenant_id: string;
  readonly k: number;
  readonly waives_all_native: boolean;
}

interface ProjectSourceTable {
  readonly tenant_id: string;
  readonly source_project: string;
  readonly project: string;
}

interface StatusSightingTable {
  readonly tenant_id: string;
  readonly status_id: string;
  readonly origin: "list" | "current" | "history" | "history-resolved";
  readonly name: string;
  readonly category: StatusCategory | "";
  readonly last_seen_at_ms: number;
}

interface StageMapTable {
  readonly tenant_id: string;
  readonly project: string;
  readonly version: number;
  readonly effective_from_ms: number | null;
  readonly definition: JSONColumnType<StageMapInput>;
}

interface ItemTable {
  readonly tenant_id: string;
  readonly item_id: string;
  readonly project: string;
  readonly key: string;
  readonly created_at_ms: number;
  readonly snapshot_at_ms: number | null;
  readonly current_status: string | null;
  readonly resolution: string | null;
  readonly is_subtask: boolean;
  readonly parent_id: string | null;
  readonly has_history: boolean;
  readonly is_truncated: boolean;
  readonly is_repeated: boolean;
}

interface ItemFactTable {
  readonly tenant_id: string;
  readonly item_id: string;
  readonly source_key: string;
  readonly input_hash: Uint8Array;
  readonly kind: "stage" | "flag" | "link" | "activity";
  readonly at_ms: number;
  readonly sequence: number;
  readonly place: number;
  readonly from_status: string | null;
  readonly to_status: string | null;
  readonly blocker: string | null;
  readonly begins: boolean | null;
}

interface TimelineTable {
  readonly tenant_id: string;
  readonly item_id: string;
  /** The item's. */
  readonly project: string;
  readonly status_id: string;
  readonly last_activity_at_ms: number;
  readonly stays: JSONColumnType<readonly (readonly [status: string, startedAt: number])[]>;
  readonly flaws: JSONColumnType<readonly string[]>;
}

interface ProjectRevisionTable {
  readonly tenant_id: string;
  readonly project: string;
  readonly revision: number;
  readonly latest_at_ms: number;
}

interface ProjectSettingTable {
  readonly tenant_id: string;
  readonly project: string;
  readonly is_restricted: boolean;
}

interface RoadblockTable {
  readonly tenant_id: string;
  readonly roadblock_id: string;
  readonly item_id: string;
  readonly stage: string;
  readonly kind: string;
  readonly words: string | null;
  readonly raised_at_ms: number;
  readonly resolved_at_ms: number | null;
}

interface ContributorTable {
  readonly tenant_id: string;
  readonly contributor_id: string;
  readonly source: string;
  readonly human_id: string | null;
}

interface IdentityTable {
  readonly tenant_id: string;
  readonly blind_index: Uint8Array;
  readonly contributor_id: string;
}

interface ErasedIdentityTable {
  readonly tenant_id: string;
  readonly blind_index: Uint8Array;
}

interface TimeImportTable {
  readonly tenant_id: string;
  readonly import_id: string;
  readonly layout: string;
  readonly imported_at_ms: number;
  readonly undone_at_ms: number | null;
}

/** All null where the revision deletes the entry. */
interface EntryColumns {
  readonly item_id: string | null;
  readonly project: string | null;
  readonly date: string | null;
  readonly minutes: number | null;
  readonly activity: string | null;
  readonly interval_start_ms: number | null;
  readonly interval_end_ms: number | null;
  readonly offset_minutes: number | null;
  readonly chosen_status: string | null;
  readonly visibility: Visibility | null;
}

interface EntryTable extends EntryColumns {
  readonly tenant_id: string;
  readonly entry_id: string;
  readonly number: number;
  readonly contributor_id: string;
  readonly import_id: string | null;
}

interface EntryRevisionTable extends EntryTable {
  readonly input_hash: Uint8Array;
  readonly change: EntryRevision["change"];
}

interface PostingTable {
  readonly tenant_id: string;
  readonly entry_id: string;
  readonly number: number;
  readonly contributor_id: string;
  readonly project: string;
  readonly stage: string;
  readonly activity: string;
  readonly week: string;
  readonly visibility: Visibility;
  readonly minutes: number;
  readonly is_late: boolean;
}

interface CellTable {
  readonly tenant_id: string;
  readonly week: string;
  readonly project: string;
  readonly stage: string;
  readonly activity: string;
  readonly contributor_id: string;
  readonly visibility: Visibility;
  readonly kind: "in-time" | "late-added" | "late-taken";
  readonly minutes: number;
}

interface WeekCloseTable {
  readonly tenant_id: string;
  readonly week: string;
  readonly closed_at_ms: number;
}

interface ErasedBalanceTable {
  readonly tenant_id: string;
  readonly project: string;
  readonly week: string;
  readonly minutes: number;
  /** The project-week had been published when a person was erased: nothing finer of it may follow. */
  readonly was_published: boolean;
}

interface RetentionEdgeTable {
  readonly tenant_id: string;
  readonly entries_from: string;
  readonly cells_from: string;
}

interface ReleaseTable {
  readonly tenant_id: string;
  readonly number: number;
  readonly state: "pending" | "published";
  readonly started_at_ms: number;
  readonly published_at_ms: number | null;
}

interface AtomTable {
  readonly tenant_id: string;
  readonly cut: "A" | "B" | "C" | "E" | "L";
  readonly project: string;
  readonly part_kind: "" | "own" | "others";
  readonly part: string;
  readonly span: string;
  readonly version: number;
  readonly rounded_minutes: number;
  readonly contributors: "5–9" | "10–19" | "20+" | null;
  readonly elapsed_minutes: number | null;
  readonly release_number: number;
}

interface ReleasedSpanTable {
  readonly tenant_id: string;
  readonly span: string;
  readonly release_number: number;
}

interface BellTable {
  readonly tenant_id: string;
  readonly bell_id: string;
  readonly connection: string;
  readonly fields: JSONColumnType<object>;
  readonly input_hash: Uint8Array;
  readonly received_at_ms: number;
  readonly state: "new" | "parked";
  readonly attempts: number;
  readonly due_at_ms: number;
  readonly error_code: string | null;
}

interface ConnectionTable {
  readonly tenant_id: string;
  readonly connection_id: string;
  readonly kind: "asana" | "jira";
  readonly workspace: string;
  readonly sealed_credentials: Uint8Array;
  readonly state: "on" | "off";
  readonly problem_code: string | null;
  readonly read_clock_ms: number;
  readonly created_at_ms: number;
  readonly takes_all_projects: Generated<boolean>;
  /** The ledger's name of each, or null, by its key at the source. */
  readonly wanted_projects: JSONColumnType<Readonly<Record<string, string | null>>, string | undefined, string>;
}

interface ConnectedProjectTable {
  readonly tenant_id: string;
  readonly connection_id: string;
  readonly source_project: string;
  readonly stage_field: string | null;
  readonly cursor: string | null;
  readonly swept_at_ms: number | null;
  readonly listed_at_ms: number | null;
}

interface KnownSiteTable {
  readonly tenant_id: string;
  readonly kind: string;
  readonly site_hash: Uint8Array;
}

interface SourceCursorTable {
  readonly tenant_id: string;
  readonly connection_id: string;
  readonly name: string;
  readonly position: string;
}

interface LinkCodeTable {
  readonly tenant_id: string;
  readonly code_hash: Uint8Array;
  readonly contributor_id: string;
  readonly expires_at_ms: number;
}

interface HookTable {
  readonly tenant_id: string;
  readonly hook_id: string;
  readonly connection_id: string;
  readonly source_project: string;
  readonly route_hash: Uint8Array;
  readonly state: "pending" | "shaken" | "active";
  readonly sealed_secret: Uint8Array | null;
  readonly remote_id: string | null;
  readonly made_at_ms: number;
}

interface SeenItemTable {
  readonly tenant_id: string;
  readonly connection_id: string;
  readonly source_item: string;
  readonly source_projects: JSONColumnType<readonly string[]>;
  readonly checksum: string;
  readonly entries: JSONColumnType<object>;
  readonly read_at_ms: number;
  readonly gone_at_ms: number | null;
}

interface UsedTokenTable {
  readonly tenant_id: string;
  readonly token_hash: Uint8Array;
  readonly expires_at_ms: number;
}

interface AnsweredRequestTable {
  readonly tenant_id: string;
  readonly contributor_id: string;
  readonly key_hash: Uint8Array;
  readonly input_hash: Uint8Array;
  readonly status: number;
  readonly answer: string;
  readonly expires_at_ms: number;
}

interface TimerTable {
  readonly tenant_id: string;
  readonly contributor_id: string;
  readonly item_id: string;
  readonly started_at_ms: number;
  /** Null while it pauses. */
  readonly running_since_ms: number | null;
  /** Of the runs before that. */
  readonly elapsed_ms: number;
}

interface PersonSettingTable {
  readonly tenant_id: string;
  readonly contributor_id: string;
  readonly mirrors_to_jira: boolean;
}

interface ChosenProjectTable {
  readonly tenant_id: string;
  readonly entry_id: string;
  readonly contributor_id: string;
  readonly project: string;
}

interface MemberTable {
  readonly tenant_id: string;
  readonly member_id: string;
  readonly blind_index: Uint8Array;
  readonly route_hash: Uint8Array;
  readonly role: "member" | "steward" | "admin";
}

interface SessionTable {
  readonly tenant_id: string;
  readonly token_hash: Uint8Array;
  readonly session_id: string;
  readonly member_id: string;
  readonly issued_at_ms: number;
  readonly seen_at_ms: number;
  readonly ends_at_ms: number;
}

interface InviteTable {
  readonly tenant_id: string;
  /** The route that leads to it bears the same. */
  readonly code_hash: Uint8Array;
  readonly role: "member" | "steward" | "admin";
  readonly expires_at_ms: number;
}

export interface Schema {
  readonly "control.migration": { readonly number: number; readonly name: string; readonly applied_at_ms: number };
  readonly "control.route": RouteTable;
  readonly "control.due": DueTable;
  readonly "control.role_holder": RoleHolderTable;
  readonly "flow.tenant": TenantTable;
  readonly "flow.purpose_text": PurposeTextTable;
  readonly "flow.project_source": ProjectSourceTable;
  readonly "flow.status_sighting": StatusSightingTable;
  readonly "flow.stage_map": StageMapTable;
  readonly "flow.item": ItemTable;
  readonly "flow.item_fact": ItemFactTable;
  readonly "flow.timeline": TimelineTable;
  readonly "flow.roadblock": RoadblockTable;
  readonly "flow.project_revision": ProjectRevisionTable;
  readonly "flow.project_setting": ProjectSettingTable;
  readonly "ledger.tenant_secret": TenantSecretTable;
  readonly "ledger.disclosure_setting": DisclosureSettingTable;
  readonly "ledger.contributor": ContributorTable;
  readonly "ledger.identity": IdentityTable;
  readonly "ledger.erased_identity": ErasedIdentityTable;
  readonly "ledger.time_import": TimeImportTable;
  readonly "ledger.entry_revision": EntryRevisionTable;
  readonly "ledger.entry": EntryTable;
  readonly "ledger.posting": PostingTable;
  readonly "ledger.cell": CellTable;
  readonly "ledger.week_close": WeekCloseTable;
  readonly "ledger.erased_balance": ErasedBalanceTable;
  readonly "ledger.retention_edge": RetentionEdgeTable;
  readonly "published.release": ReleaseTable;
  readonly "published.atom": AtomTable;
  readonly "published.released_span": ReleasedSpanTable;
  readonly "inbox.bell": BellTable;
  readonly "control.connection": ConnectionTable;
  readonly "control.connected_project": ConnectedProjectTable;
  readonly "control.hook": HookTable;
  readonly "control.seen_item": SeenItemTable;
  readonly "control.used_token": UsedTokenTable;
  readonly "control.member": MemberTable;
  readonly "control.session": SessionTable;
  readonly "control.invite": InviteTable;
  readonly "ledger.answered_request": AnsweredRequestTable;
  readonly "ledger.timer": TimerTable;
  readonly "control.source_cursor": SourceCursorTable;
  readonly "control.known_site": KnownSiteTable;
  readonly "ledger.link_code": LinkCodeTable;
  readonly "ledger.person_setting": PersonSettingTable;
  readonly "ledger.chosen_project": ChosenProjectTable;
}
