/** Where an item can be opened in its own tool. */

export function asanaAddress(key: string): string {
  return `https://app.asana.com/0/0/${encodeURIComponent(key)}`;
}

/** @param siteUrl of the Jira site, such as https://example.atlassian.net */
export function jiraAddress(siteUrl: string, key: string): string {
  return `${siteUrl}/browse/${encodeURIComponent(key)}`;
}
