/** Whole weeks that a verdict looks at, where nobody says otherwise (B1). */
export const REPORT_WEEKS = 8;
/** The same for every report: the same facts give the same one. */
export const REPORT_SEED = 1;
