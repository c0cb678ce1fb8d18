import { expect, test } from "vitest";
import { findAsanaReferee } from "../../support/asana/asana-referee.ts";
import { describeWithReference } from "../../support/reference-dir.ts";
import type { Answer } from "./answer.ts";

const EMPTY = { status: 200, json: { data: [], next_page: null } };

describeWithReference("the referee with Asana's own document", () => {
  test.for([
    [
      "GET",
      "/tasks?project=1&limit=100&modified_since=2026-09-07T08:00:00Z&opt_fields=completed,memberships.section.name",
    ],
    ["GET", "/projects?workspace=1&archived=false"],
    [
      "GET",
      "/time_tracking_entries?attributable_to=1&entered_on_start_date=2026-09-07&opt_fields=duration_minutes,task",
    ],
  ])("lets pass %s %s", ([method = "", path = ""]) => {
    expect(objections(method, path)).toEqual([]);
  });

  test.for([
    ["GET", "/tusks", "is not in the document"],
    ["PATCH", "/tasks/1", "is not in the document"],
    ["GET", "/tasks?projects=1", "unknown parameter projects"],
    ["GET", "/tasks?project=1&limit=101", "must be <= 100"],
    ["GET", "/tasks?project=1&limit=ten", "must be integer"],
    ["GET", "/tasks?project=1&modified_since=yesterday", 'must match format "date-time"'],
    ["GET", "/tasks?project=1&opt_fields=memberships.sektion", "must be equal to one of the allowed values"],
    ["GET", "/projects?workspace=1&archived=no", "must be boolean"],
    ["GET", "/time_tracking_entries?attributable_to=1&opt_fields=rate", "must be equal to one of the allowed values"],
    ["GET", "/webhooks", "no workspace"],
  ])("objects to %s %s", ([method = "", path = "", objection = ""]) => {
    expect(objections(method, path)).toEqual([expect.stringContaining(objection)]);
  });

  test.for<[object | undefined, string]>([
    [undefined, "must be object"],
    [{ data: { resource: "1" } }, "must have required property 'target'"],
    [{ data: { resource: 1, target: "https://hooks.example/" } }, "must be string"],
    [{ data: { resource: "1", target: "https://hooks.example/", workspace: "2" } }, "workspace"],
    [{ data: { resource: "1", target: "here" } }, 'must match format "uri"'],
  ])("objects to a webhook created with %j", ([body, objection]) => {
    const created = { status: 201, json: { data: {}, "X-Hook-Secret": "s" } };
    expect(objections("POST", "/webhooks", created, body)).toEqual([expect.stringContaining(objection)]);
  });

  test("objects to a body where none belongs", () => {
    expect(objections("GET", "/workspaces", EMPTY, {})).toEqual([expect.stringContaining("a body")]);
  });

  test.for<[string, Answer, string]>([
    ["/tasks/1", { status: 200, json: { data: { gid: 1 } } }, "must be string"],
    ["/tasks/1", { status: 200, json: { data: { gid: "1", sektion: "2" } } }, "sektion"],
    ["/tasks/1", { status: 200, json: { data: { gid: "1", created_at: "yesterday" } } }, "date-time"],
    ["/tasks?project=1", { status: 200, json: { data: [{ memberships: [{ section: "2" }] }] } }, "must be object"],
    ["/tasks/1", { status: 404, json: { message: "gone" } }, "message"],
    ["/tasks/1", { status: 302, json: {} }, "a status that the document lacks"],
    ["/events?resource=1", { status: 412, json: { errors: [], sync: 7 } }, "must be string"],
  ])("objects to a reply of %s: %j", ([path, answer, objection]) => {
    expect(objections("GET", path, answer)).toEqual([expect.stringContaining(objection)]);
  });

  test("null is no objection in a reply, wherever it stands", () => {
    const json = {
      data: { gid: "1", completed_at: null, parent: null, memberships: [{ section: null }], notes: null },
    };
    expect(objections("GET", "/tasks/1", { status: 200, json })).toEqual([]);
  });

  test("429 and 402 are errors like the others, although the document does not list them everywhere", () => {
    for (const status of [402, 429]) {
      expect(objections("GET", "/tasks/1", { status, json: { errors: [{ message: "no" }] } })).toEqual([]);
    }
  });
});

function objections(method: string, address: string, answer: Answer = EMPTY, body?: object): readonly string[] {
  const referee = findAsanaReferee();
  if (referee === undefined) throw new Error("The reference folder has no document of Asana's.");
  const [path = "", query] = address.split("?");
  referee.judge({ method, path, query: new URLSearchParams(query), body }, answer);
  return referee.objections;
}
