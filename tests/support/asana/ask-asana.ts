export interface AsanaReply {
  readonly status: number;
  readonly json: unknown;
}

interface Asking {
  readonly method?: "DELETE" | "GET" | "POST";
  readonly body?: object;
  /** The fake's own unless said. */
  readonly token?: string;
}

/** What the fake Asana says to a caller who asks by hand. */
export async function askAsana(apiUrl: string, path: string, asking: Asking = {}): Promise<AsanaReply> {
  const answer = await fetch(apiUrl + path, {
    method: asking.method ?? "GET",
    headers: { authorization: `Bearer ${asking.token ?? "personal-token"}`, "content-type": "application/json" },
    ...(asking.body === undefined ? {} : { body: JSON.stringify(asking.body) }),
  });
  return { status: answer.status, json: await answer.json() };
}
