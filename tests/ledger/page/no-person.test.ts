import { PAGE_ROUTES } from "@stageledger/core/contract/page-routes";
import { describe, expect, test } from "vitest";
import { z } from "zod";

/** Whatever could hold somebody: a name, an account, a pseudonym, or hours of one thing that one person did. */
const OF_A_PERSON =
  /person|people|user|author|assignee|reporter|contributor|member|human|account|email|e_mail|worklog|entry|entries|who|by$|hash|mail|phone|avatar|displayname/iu;

/** Names that sound like it and are not. */
const HARMLESS = new Set(["doneBy"]);

const node = z.looseObject({
  properties: z.record(z.string(), z.unknown()).optional(),
  additionalProperties: z.unknown().optional(),
  type: z.unknown().optional(),
});

/** Paths of all members that an answer can have, and of objects whose members nobody has named. */
interface Seen {
  readonly names: string[];
  readonly open: string[];
}

function walk(schema: unknown, path: string, seen: Seen): void {
  if (Array.isArray(schema)) {
    for (const one of schema) walk(one, path, seen);
    return;
  }
  const parsed = node.safeParse(schema);
  if (!parsed.success) return;
  const { properties = {}, additionalProperties, type, ...others } = parsed.data;
  for (const [name, member] of Object.entries(properties)) {
    seen.names.push(`${path}.${name}`);
    walk(member, `${path}.${name}`, seen);
  }
  if (type === "object" && additionalProperties !== false) seen.open.push(path);
  walk(additionalProperties, path, seen);
  for (const other of Object.values(others)) walk(other, path, seen);
}

describe.each(Object.entries(PAGE_ROUTES))("%s", (_name, contract) => {
  const seen: Seen = { names: [], open: [] };
  walk(z.toJSONSchema(contract.answer, { io: "output" }), "answer", seen);
  walk(z.toJSONSchema(contract.query, { io: "input" }), "query", seen);
  walk(z.toJSONSchema(contract.params, { io: "input" }), "params", seen);

  test("no member of question or answer could hold a person", () => {
    const suspects = seen.names.filter((path) => {
      const name = path.split(".").at(-1) ?? "";
      return OF_A_PERSON.test(name) && !HARMLESS.has(name);
    });
    expect(suspects).toEqual([]);
  });

  test("every object lists its members; only links are by item keys", () => {
    expect(seen.open).toEqual(contract.answerName === "PageReport" ? ["answer.linkKindByKey"] : []);
  });
});

test("the walk sees what it looks for, however deep", () => {
  const seen: Seen = { names: [], open: [] };
  const planted = z.strictObject({
    rows: z.array(z.strictObject({ stage: z.string(), assignee: z.string() }).nullable()),
  });
  walk(z.toJSONSchema(planted), "answer", seen);
  expect(seen.names.filter((path) => OF_A_PERSON.test(path.split(".").at(-1) ?? ""))).toEqual(["answer.rows.assignee"]);
});
