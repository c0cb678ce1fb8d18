/** The ledger, as its contract says: what goes there is typed by it, and what comes back is believed only when it fits. */
import { invokeRemote } from "@forge/bridge";
import type { RouteContract } from "@stageledger/core/contract/route-contract";
import type { z } from "zod";
import { type Outcome, OWN_CODES } from "./failure.ts";
import { readAnswer } from "./read-answer.ts";
import { LATE, withPatience } from "./with-patience.ts";

export interface CallInput<C extends RouteContract> {
  readonly params?: z.input<C["params"]>;
  readonly query?: z.input<C["query"]>;
  readonly body?: z.input<C["body"]>;
}

export class Ledger {
  readonly #newKey: () => string;
  /** What was last to be written, while it is not known whether it was. */
  #unsure: { readonly content: string; readonly key: string } | undefined;

  constructor(newKey: () => string = () => crypto.randomUUID()) {
    this.#newKey = newKey;
  }

  /**
   * Never throws. Who asks for the same again right after a lost answer gets the first one: it is done once. Who has done something
   * else meanwhile, such as turning it on again, means it anew.
   */
  async call<C extends RouteContract>(contract: C, input: CallInput<C> = {}): Promise<Outcome<z.output<C["answer"]>>> {
    if (!contract.needsKey) return send(contract, input);
    const content = JSON.stringify([contract.method, contract.path, input]);
    const key = this.#unsure?.content === content ? this.#unsure.key : this.#newKey();
    this.#unsure = { content, key };
    const first = await send(contract, input, key);
    const outcome = isRepeatedByForge(first) ? await send(contract, input, key) : first;
    if ((outcome.isDone || outcome.failure.isCertain) && this.#unsure?.key === key) this.#unsure = undefined;
    return outcome;
  }
}

/** The call was done, and its answer went to the attempt before: a new one, with a new token, is told it. */
function isRepeatedByForge(outcome: Outcome<unknown>): boolean {
  return !outcome.isDone && outcome.failure.code === "TOKEN_USED";
}

async function send<C extends RouteContract>(
  contract: C,
  { params, query, body }: CallInput<C>,
  key?: string,
): Promise<Outcome<z.output<C["answer"]>>> {
  const told = await withPatience<unknown>(() =>
    invokeRemote({
      method: METHODS[contract.method],
      path: pathOf(contract.path, textsOf(params), textsOf(query)),
      headers: {
        ...(key === undefined ? {} : { "idempotency-key": key }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body }),
    }),
  );
  if (told === LATE) return { isDone: false, failure: { code: OWN_CODES.late, isCertain: false } };
  const schema: C["answer"] = contract.answer;
  return readAnswer(told, schema);
}

const METHODS = { get: "GET", post: "POST", put: "PUT", patch: "PATCH", delete: "DELETE" } as const;

function pathOf(path: string, params: ReadonlyMap<string, string>, query: ReadonlyMap<string, string>): string {
  const filled = path.replaceAll(/\{(\w+)\}/gu, (_, name: string) => encodeURIComponent(params.get(name) ?? ""));
  const search = new URLSearchParams([...query]).toString();
  return search === "" ? filled : `${filled}?${search}`;
}

function textsOf(members: unknown): ReadonlyMap<string, string> {
  const isNone = typeof members !== "object" || members === null;
  return new Map(isNone ? [] : Object.entries(members).map(([name, value]) => [name, String(value)]));
}
