/** What is the reader's own, over HTTP: as its contract says. What comes back is believed only when it fits. */
import type { PageMyRoute } from "@stageledger/core/contract/page-my-routes";
import { pageSession } from "@stageledger/core/contract/page-session";
import type { z } from "zod";
import { failed, failureOf } from "./failures.ts";
import type { CallInput, MyLedger, Told } from "./ledger.ts";
import { queryOf } from "./question-text.ts";

const SESSION_PATH = "/api/v1/session";
const SERVER_ERROR = 500;

/** @param isCertain false where it may have been done all the same: the answer was lost, not the call */
interface Outcome<T> {
  readonly told: Told<T>;
  readonly isCertain: boolean;
}

export function fetchMyLedger(fetchFrom: typeof fetch, newKey: () => string = () => crypto.randomUUID()): MyLedger {
  /**
   * Of whoever the page first asked for, and never renewed: where somebody else signs in, in another tab, what is pressed here is
   * refused, and not done to them.
   */
  let token: string | undefined;
  /** What was last to be written, while it is not known whether it was. */
  let unsure: { readonly content: string; readonly key: string } | undefined;

  const send = async <S extends z.ZodType>(
    schema: S,
    path: string,
    init: RequestInit,
  ): Promise<Outcome<z.output<S>>> => {
    try {
      const response = await fetchFrom(path, { ...init, credentials: "same-origin" });
      const body: unknown = await response.json().catch(() => undefined);
      const isCertain = response.status < SERVER_ERROR;
      if (!response.ok) return { told: failed(failureOf(response.status, body)), isCertain };
      const read = schema.safeParse(body);
      if (!read.success) return { told: failed({ kind: "unreadable" }), isCertain: false };
      return { told: { kind: "told", value: read.data }, isCertain };
    } catch (cause) {
      if (init.signal?.aborted === true) throw cause;
      return { told: failed({ kind: "offline" }), isCertain: false };
    }
  };
  const findToken = async (signal: AbortSignal | null = null): Promise<Told<string>> => {
    if (token !== undefined) return { kind: "told", value: token };
    const { told } = await send(pageSession, SESSION_PATH, { signal });
    if (told.kind === "failed") return told;
    token = told.value.writeToken;
    return { kind: "told", value: token };
  };
  const write = async <C extends PageMyRoute>(
    contract: C,
    input: CallInput<C>,
    key: string,
  ): Promise<Outcome<z.output<C["answer"]>>> => {
    const proof = await findToken();
    if (proof.kind === "failed") return { told: proof, isCertain: true };
    const schema: C["answer"] = contract.answer;
    const { body } = input;
    return send(schema, addressOf(contract, input), {
      method: contract.method.toUpperCase(),
      headers: {
        "x-stageledger-write": proof.value,
        ...(contract.needsKey ? { "idempotency-key": key } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  };
  return {
    read: async <C extends PageMyRoute>(contract: C, input: CallInput<C>, signal: AbortSignal) => {
      const proof = await findToken(signal);
      if (proof.kind === "failed") return proof;
      const schema: C["answer"] = contract.answer;
      return (await send(schema, addressOf(contract, input), { signal })).told;
    },
    /**
     * Who presses again right after a lost answer gets the first one: it is done once. Who has done something else meanwhile means
     * it anew.
     */
    write: async (contract, input) => {
      const content = JSON.stringify([contract.method, contract.path, input]);
      const key = unsure?.content === content ? unsure.key : newKey();
      unsure = { content, key };
      const outcome = await write(contract, input, key);
      if (outcome.isCertain && unsure?.key === key) unsure = undefined;
      return outcome.told;
    },
  };
}

function addressOf<C extends PageMyRoute>({ path }: C, { params, query }: CallInput<C>): string {
  const parts = new Map(membersOf(params));
  return (
    path.replaceAll(/\{(\w+)\}/gu, (_, name: string) => encodeURIComponent(parts.get(name) ?? "")) +
    queryOf(Object.fromEntries(membersOf(query)))
  );
}

function membersOf(told: unknown): readonly (readonly [name: string, text: string])[] {
  if (typeof told !== "object" || told === null) return [];
  return Object.entries(told).map(([name, value]) => [name, String(value)] as const);
}
