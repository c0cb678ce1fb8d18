/** Where an item is looked at and its time is changed, if not here. Pure. */
/** The task stands last. */
const ASANA = /^asana:(?:\d{1,30}:)?(?<gid>\d{1,30})$/u;
const JIRA_KEY = /^[A-Z][A-Z0-9_]*-\d+$/u;

export interface ItemLink {
  readonly tool: "asana" | "jira";
  readonly href: string;
}

/** Undefined where nobody knows. */
export function linkOf({
  itemId,
  itemKey,
}: {
  readonly itemId: string;
  readonly itemKey: string;
}): ItemLink | undefined {
  const gid = asanaTask(itemId);
  if (gid !== undefined) return { tool: "asana", href: `https://app.asana.com/0/0/${gid}` };
  const isJira = itemId.startsWith("jira:") && JIRA_KEY.test(itemKey);
  return isJira ? { tool: "jira", href: `/browse/${itemKey}` } : undefined;
}

/** Undefined for an item of another tool. */
export function asanaTask(itemId: string): string | undefined {
  return ASANA.exec(itemId)?.groups?.gid;
}
