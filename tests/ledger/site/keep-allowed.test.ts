import { expect, test } from "vitest";
import { keepMembers } from "../../../apps/ledger/src/jira/site/keep-allowed.ts";

test("keeps named members all the way down", () => {
  const source = {
    id: "1",
    name: "x",
    project: { id: "2", lead: "x" },
    flags: [{ id: "3", by: "x" }],
    resolution: null,
  };
  expect(
    keepMembers(source, {
      id: "value",
      project: { id: "value" },
      flags: [{ id: "value" }],
      resolution: { id: "value" },
    }),
  ).toEqual({ id: "1", project: { id: "2" }, flags: [{ id: "3" }], resolution: null });
});

test("leaves out what is not of the allowed form", () => {
  const source = { id: { displayName: "x" }, project: "x", flags: { by: "x" }, names: ["x", { displayName: "x" }] };
  expect(
    keepMembers(source, { id: "value", project: { id: "value" }, flags: [{ id: "value" }], names: ["value"] }),
  ).toEqual({
    names: ["x"],
  });
});

test("does not take what every object has for allowed", () => {
  const source: object = JSON.parse(
    '{"constructor":{"name":"x"},"toString":{"name":"x"},"__proto__":{"name":"x"},"id":"1"}',
  );
  expect(Object.entries(keepMembers(source, { id: "value" }))).toEqual([["id", "1"]]);
});
