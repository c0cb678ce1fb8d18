import type { Issue, IssueState } from "./records.ts";

/** An issue as the index has it, which can be as it was. */
export interface Indexed {
  readonly issue: Issue;
  readonly state: IssueState;
}

/** Where a search goes on: after which row, and at which place that was. */
export interface Cursor {
  readonly place: number;
  readonly after: Indexed | undefined;
}

/** Opaque page tokens of searches. One belongs to the request that it continues, and may be used again. */
export class SearchCursors {
  readonly #cursors = new Map<string, Cursor & { readonly request: string }>();

  give(request: string, cursor: Cursor): string {
    const token = Buffer.from(`search:${this.#cursors.size}`).toString("base64url");
    this.#cursors.set(token, { ...cursor, request });
    return token;
  }

  /** The beginning without a token; undefined for a token that this request did not get. */
  find(token: string | undefined, request: string): Cursor | undefined {
    if (token === undefined) return { place: 0, after: undefined };
    const cursor = this.#cursors.get(token);
    return cursor?.request === request ? cursor : undefined;
  }
}
