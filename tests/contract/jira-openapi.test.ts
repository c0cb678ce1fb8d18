import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { changelogPage, searchPage } from "../../apps/ledger/src/jira/site/schemas.ts";
import { aHistory, aJiraSite, anIssue, DOING, moved, TODO } from "../support/jira-site-builder.ts";
import { JsonSchemaReferee } from "../support/json-schema-referee.ts";
import { describeWithReference } from "../support/reference-dir.ts";
import { aSiteReading } from "../support/site-reading.ts";

const SITE = aJiraSite({
  issues: [anIssue(1, { histories: [aHistory("1", "2026-09-07T08:00:00.000+0000", moved(TODO, DOING))] })],
});

const openApi = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});

describeWithReference("the fake Jira and the reader against Jira's own OpenAPI document", (referenceDir) => {
  const path = join(referenceDir, "platforms/jira-openapi/platform-swagger.v3.json.gz");
  const document = openApi.parse(JSON.parse(gunzipSync(readFileSync(path)).toString("utf8")));
  const referee = new JsonSchemaReferee(document);
  const answerOf = (operation: string) =>
    `/paths/${operation.replaceAll("/", "~1")}/get/responses/200/content/application~1json/schema`;

  test("the referee objects to what is wrong", () => {
    expect(referee.objections([{ id: 3 }], answerOf("/rest/api/3/status"))).not.toEqual([]);
    expect(referee.objections([{ id: "3", unknown: 1 }], answerOf("/rest/api/3/field"))).not.toEqual([]);
  });

  test("GET status answers by the document", async () => {
    const statuses = await answered("GET", "/rest/api/3/status");
    expect(statuses).toHaveLength(3);
    expect(referee.objections(statuses, answerOf("/rest/api/3/status"))).toEqual([]);
  });

  test("GET field answers by the document, but for untranslatedName, which is younger than it", async () => {
    const fields = z
      .array(z.looseObject({ untranslatedName: z.string().optional() }))
      .parse(await answered("GET", "/rest/api/3/field"));
    expect(fields.some(({ untranslatedName }) => untranslatedName === "Flagged")).toBe(true);
    const older = fields.map(({ untranslatedName: _, ...field }) => field);
    expect(referee.objections(older, answerOf("/rest/api/3/field"))).toEqual([]);
  });

  test("a refused request is answered with the document's ErrorCollection", async () => {
    const refusal = await answered("POST", "/rest/api/3/search/jql", { jql: "" });
    expect(refusal).toMatchObject({ errorMessages: [expect.any(String)] });
    expect(referee.objections(refusal, "/components/schemas/ErrorCollection")).toEqual([]);
  });

  test("an issue and its people on a search page are the document's IssueBean and UserDetails", async () => {
    const page = z
      .object({ issues: z.array(z.looseObject({ fields: z.looseObject({ assignee: z.unknown() }) })) })
      .parse(await answered("POST", "/rest/api/3/search/jql", { jql: "project = PAY", fields: ["*all"] }));
    const [issue] = page.issues;
    expect(referee.objections(issue, "/components/schemas/IssueBean")).toEqual([]);
    expect(referee.objections(issue?.fields.assignee, "/components/schemas/UserDetails")).toEqual([]);
  });

  test("the reader asks nothing that the document knows otherwise, and names what it does not know", async () => {
    const reading = await aSiteReading(SITE);
    await reading.read();
    const calls = new Set(reading.jira.requests.map((request) => `${request.method} ${request.path}`));
    const known = [...calls].filter((call) => {
      const [method = "", path = ""] = call.split(" ");
      return document.paths[path]?.[method.toLowerCase()] !== undefined;
    });
    expect(known.sort()).toEqual(["GET /rest/api/3/field", "GET /rest/api/3/status"]);
    expect([...calls].filter((call) => !known.includes(call)).sort()).toEqual([
      "POST /rest/api/3/changelog/bulkfetch",
      "POST /rest/api/3/search/approximate-count",
      "POST /rest/api/3/search/jql",
    ]);
  });
});

describe("search/jql and changelog/bulkfetch, which the document lacks: refereed by our own schemas only", () => {
  test("search/jql answers a page, and refuses members and fields that nobody knows", async () => {
    const good = { jql: "project = PAY", fields: ["status"], maxResults: 100 };
    expect(searchPage.safeParse(await answered("POST", "/rest/api/3/search/jql", good))).toMatchObject({
      success: true,
    });
    for (const bad of [{ ...good, startAt: 0 }, { ...good, fields: ["statos"] }, { ...good, nextPageToken: "x" }, {}]) {
      expect(await answered("POST", "/rest/api/3/search/jql", bad)).toHaveProperty("errorMessages");
    }
  });

  test("changelog/bulkfetch answers a page, and refuses no fields, too many issues and a strange token", async () => {
    const good = { issueIdsOrKeys: ["10001"], fieldIds: ["status"], maxResults: 10_000 };
    expect(changelogPage.safeParse(await answered("POST", "/rest/api/3/changelog/bulkfetch", good))).toMatchObject({
      success: true,
      data: { issueChangeLogs: [{ issueId: "10001", changeHistories: [{ id: "1", created: 1_788_768_000_000 }] }] },
    });
    const tooMany = Array.from({ length: 1001 }, (_, index) => String(index));
    for (const bad of [
      { ...good, fieldIds: undefined },
      { ...good, issueIdsOrKeys: [] },
      { ...good, issueIdsOrKeys: tooMany },
      { ...good, maxResults: 10_001 },
      { ...good, nextPageToken: "x" },
      { ...good, fields: ["status"] },
    ]) {
      expect(await answered("POST", "/rest/api/3/changelog/bulkfetch", bad)).toHaveProperty("errorMessages");
    }
  });
});

/** What the fake site says to a signed-in caller. */
async function answered(method: "GET" | "POST", path: string, body?: object): Promise<unknown> {
  const reading = await aSiteReading(SITE);
  const answer = await fetch(`${reading.jira.url}${path}`, {
    method,
    headers: { authorization: reading.authorization },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answer.json();
}
