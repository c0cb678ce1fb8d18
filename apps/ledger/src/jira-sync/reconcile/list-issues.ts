/** The issues that a search shows, page by page, each once. */
import type { StrippedIssue } from "../jira/gateway.ts";
import type { JiraDesk } from "../work/connection-desk.ts";

/** An issue that moves in the order of the search meanwhile can come twice. @throws StageledgerError JIRA_… */
export async function* listIssues(
  { gateway, flagFields }: Pick<JiraDesk, "gateway" | "flagFields">,
  jql: string,
): AsyncGenerator<readonly StrippedIssue[], void, undefined> {
  const listed = new Set<string>();
  for (let token: string | undefined, isFirst = true; isFirst || token !== undefined; isFirst = false) {
    const page = await gateway.searchIssues(jql, flagFields, token);
    const fresh = page.issues.filter(({ id }) => !listed.has(id));
    for (const { id } of fresh) listed.add(id);
    yield fresh;
    token = page.nextPageToken;
  }
}
