/** Reads a request's JSON body as strictly as Jira does: a member that the endpoint does not know is refused. */
export class RequestBody {
  readonly #members: Readonly<Record<string, unknown>>;

  private constructor(members: Readonly<Record<string, unknown>>) {
    this.#members = members;
  }

  /** Undefined when it is no JSON object, or one with other members than these. */
  static read(body: unknown, known: readonly string[]): RequestBody | undefined {
    if (typeof body !== "object" || body === null || Array.isArray(body)) return undefined;
    const members: Record<string, unknown> = { ...body };
    return Object.keys(members).every((name) => known.includes(name)) ? new RequestBody(members) : undefined;
  }

  text(name: string): string | undefined {
    const value = this.#members[name];
    return typeof value === "string" ? value : undefined;
  }

  number(name: string): number | undefined {
    const value = this.#members[name];
    return typeof value === "number" ? value : undefined;
  }

  texts(name: string): string[] | undefined {
    const value = this.#members[name];
    if (!Array.isArray(value)) return undefined;
    const texts = value.filter((entry) => typeof entry === "string");
    return texts.length === value.length ? texts : undefined;
  }

  numbers(name: string): number[] | undefined {
    const value = this.#members[name];
    if (!Array.isArray(value)) return undefined;
    const numbers = value.filter((entry) => typeof entry === "number");
    return numbers.length === value.length ? numbers : undefined;
  }

  /** A list of anything. */
  list(name: string): readonly unknown[] | undefined {
    const value = this.#members[name];
    return Array.isArray(value) ? value : undefined;
  }

  /** The request without its page token: what a token belongs to. */
  identity(): string {
    return JSON.stringify({ ...this.#members, nextPageToken: undefined });
  }
}

export const INVALID_BODY = "Invalid request payload. Refer to the REST API documentation and try again.";
