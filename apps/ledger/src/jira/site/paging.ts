import type { JiraCaller } from "./jira-caller.ts";

interface Page {
  readonly nextPageToken?: string | null | undefined;
  readonly isLast?: boolean | null | undefined;
}

/**
 * Pages of a token-paged resource, one request at a time and only when the next one is asked for.
 *
 * @param what names the resource in errors
 * @throws the caller's contradiction when a token comes twice, or more is promised without a token: going on would loop or
 * stop short in silence.
 */
export async function* readPages<P extends Page>(
  caller: Pick<JiraCaller, "contradiction">,
  what: string,
  readPage: (pageToken: string | undefined) => Promise<P>,
): AsyncGenerator<P, undefined> {
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const page = await readPage(token);
    yield page;
    token = page.isLast === true ? undefined : page.nextPageToken || undefined;
    if (page.isLast === false && token === undefined)
      throw caller.contradiction(`${what} has more pages, but no page token`);
    if (token !== undefined && seen.has(token)) throw caller.contradiction(`${what} gave the same page token twice`);
    if (token !== undefined) seen.add(token);
  } while (token !== undefined);
}
