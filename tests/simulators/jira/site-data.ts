/**
 * What a fake Jira Cloud site holds, in the shape of an export: the issues that the generators of ../jira-log write fit.
 * It may be as full of people as a real one; the endpoints decide what leaves.
 */
export interface SiteData {
  readonly statuses: readonly object[];
  readonly fields: readonly SiteField[];
  readonly issues: readonly SiteIssue[];
}

export interface SiteField {
  readonly id: string;
  readonly name: string;
}

export interface SiteIssue {
  readonly id: string;
  readonly key: string;
  readonly fields: object;
  readonly changelog: { readonly histories: readonly SiteHistory[] };
}

export interface SiteHistory {
  readonly id: string;
  /** ISO 8601, as everywhere in Jira but in changelog/bulkfetch. */
  readonly created: string;
  readonly author: object;
  readonly items: readonly SiteItem[];
}

export interface SiteItem {
  readonly field: string;
  readonly fieldtype: string;
  /** Changes of key and links have none. */
  readonly fieldId?: string;
  readonly from: string | null;
  readonly fromString: string | null;
  readonly to: string | null;
  readonly toString: string | null;
}
