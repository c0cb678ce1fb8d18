/** What kind of work an entry was, of a tenant that has not made a list of its own; in the order in which it is shown. */
export const ACTIVITIES = ["build", "review", "test", "meeting", "support", "learning", "other"] as const;
