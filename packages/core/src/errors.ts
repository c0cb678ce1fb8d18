/**
 * Every error a user may see. A code is stable: scripts and documents refer to it (docs/errors.md).
 * `message` and `next` are for people; `cause` is for logs and never shown.
 */
export type ErrorCode =
  // input files
  | "INPUT_NOT_FOUND"
  | "INPUT_TRUNCATED_GZIP"
  | "INPUT_NOT_JSON"
  | "INPUT_WRONG_SHAPE"
  | "INPUT_IMPOSSIBLE_DATE"
  | "INPUT_NO_CHANGELOG"
  | "INPUT_EMPTY"
  | "INPUT_CSV_COLUMNS"
  // time entries
  | "DURATION_UNREADABLE"
  | "DURATION_WITHOUT_UNIT"
  | "DURATION_OUT_OF_RANGE"
  | "ENTRY_IMPOSSIBLE_DATE"
  | "ENTRY_IMPOSSIBLE_TIME"
  | "ENTRY_MINUTES_OUT_OF_RANGE"
  | "ENTRY_DAY_OVER_24_HOURS"
  | "ENTRY_ENDS_BEFORE_START"
  | "ENTRY_TIMES_DISAGREE"
  | "ENTRY_DELETED"
  | "ENTRY_TOO_OLD"
  | "ENTRY_REVISION_CONFLICT"
  | "FACT_CONFLICT"
  | "ENTRY_UNKNOWN"
  | "ENTRY_FROM_ELSEWHERE"
  | "ENTRY_OF_ERASED_PERSON"
  | "ITEM_UNKNOWN"
  | "PERSON_UNKNOWN"
  | "STAGE_UNKNOWN"
  | "ACTIVITY_UNKNOWN"
  | "PROJECT_UNKNOWN"
  | "TIMER_RUNNING"
  | "TIMER_CAPPED"
  | "TIMER_UNKNOWN"
  | "ROADBLOCK_UNKNOWN"
  // imports
  | "IMPORT_UNKNOWN_LAYOUT"
  | "IMPORT_MISSING_COLUMNS"
  | "IMPORT_ROW_BROKEN"
  | "IMPORT_NO_PERSON"
  | "IMPORT_NO_ITEM"
  | "IMPORT_DATE_ORDER_UNKNOWN"
  | "IMPORT_ROWS_REFUSED"
  | "IMPORT_UNKNOWN"
  // settings
  | "SETTING_UNKNOWN_ZONE"
  | "SETTING_INVALID"
  | "STATUSES_UNREADABLE"
  | "STATUSES_DO_NOT_FIT"
  | "STAGES_UNREADABLE"
  | "STAGES_STATUS_TWICE"
  | "STAGES_UNKNOWN_STATUS"
  | "STAGES_NO_COMMITMENT"
  | "STAGES_VERSION_TAKEN"
  | "CALENDAR_UNREADABLE"
  | "OUTPUT_UNWRITABLE"
  // the database
  | "DATABASE_UNREACHABLE"
  | "DATABASE_IN_USE"
  | "DATABASE_FOLDER_UNUSABLE"
  | "TENANT_UNKNOWN"
  | "DATABASE_NEWER"
  | "DATABASE_NOT_MIGRATED"
  | "LEDGER_BROKEN"
  | "LEDGER_EMPTY"
  | "LEDGER_DIFFERS"
  | "MASTER_KEY_MISSING"
  | "MASTER_KEY_UNREADABLE"
  | "MASTER_KEY_WRONG"
  | "TENANT_EXISTS"
  | "TENANT_AMBIGUOUS"
  // disclosure control
  | "DISCLOSURE_UNSAFE_SETTING"
  | "DISCLOSURE_IMPOSSIBLE_CELL"
  | "RELEASE_PREVIEW_REFUSED"
  // a live Jira site
  | "SITE_UNAUTHORISED"
  | "SITE_FORBIDDEN"
  | "SITE_RATE_LIMITED"
  | "SITE_BAD_JQL"
  | "SITE_NOT_FOUND"
  | "SITE_UNREACHABLE"
  | "SITE_WRONG_SHAPE"
  | "SITE_BAD_URL"
  | "SITE_NO_CREDENTIALS"
  // Asana
  | "ASANA_UNAUTHORISED"
  | "ASANA_PLAN"
  | "ASANA_FORBIDDEN"
  | "ASANA_NOT_FOUND"
  | "ASANA_LEGAL"
  | "ASANA_RATE_LIMITED"
  | "ASANA_UNREACHABLE"
  | "ASANA_OFFSET_EXPIRED"
  | "ASANA_REFUSED"
  | "ASANA_WRONG_SHAPE"
  | "ASANA_CREDENTIALS_MISSING"
  // doors and connections
  | "HOOK_UNKNOWN"
  | "HOOK_SIGNATURE_WRONG"
  | "HOOK_SECRET_REFUSED"
  | "HOOK_SECRET_DIFFERS"
  | "BODY_TOO_LARGE"
  | "BODY_UNREADABLE"
  | "DOOR_BUSY"
  | "DOOR_RATE_LIMITED"
  | "PATH_UNKNOWN"
  | "REQUEST_INVALID"
  | "REQUEST_KEY_REUSED"
  | "TOKEN_REFUSED"
  | "TOKEN_USED"
  | "TOKEN_KEYS_UNREACHABLE"
  | "TOKEN_WITHOUT_PERSON"
  | "INSTALLATION_UNKNOWN"
  | "INSTALLATION_TAKEN"
  | "CONNECTION_UNKNOWN"
  | "CONNECTION_PROJECT_UNKNOWN"
  | "BELL_UNKNOWN"
  | "PUBLIC_URL_UNUSABLE"
  | "REDIS_UNREACHABLE"
  | "PORT_TAKEN";

export class StageledgerError extends Error {
  override readonly name = "StageledgerError";
  readonly code: ErrorCode;
  /** What to do next, in one sentence. */
  readonly next: string | undefined;

  constructor(code: ErrorCode, message: string, options: { next?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.next = options.next;
  }
}
