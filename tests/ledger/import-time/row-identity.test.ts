import { parseEntryDate } from "@stageledger/core";
import { expect, test } from "vitest";
import { RowIdentities } from "../../../apps/ledger/src/import/time/row-identity.ts";
import type { TimeRow } from "../../../apps/ledger/src/import/time/time-row.ts";
import { reading } from "./reading.ts";
import { SAMPLES } from "./samples.ts";

function identitiesOf(rows: readonly TimeRow[]): string[] {
  const identities = new RowIdentities();
  return rows.map((row) => identities.next(row, row.itemKeys[0] ?? ""));
}

const ROW: TimeRow = {
  line: 2,
  person: "ann@example.invalid",
  personIs: "mail",
  itemKeys: ["PAY-88"],
  date: parseEntryDate("2026-09-07"),
  minutes: 90,
  startMinute: 540,
  endMinute: 630,
  endDate: undefined,
  activity: "review",
  stage: undefined,
};

test("the identity is these words, for ever: others would bring every imported entry in again", () => {
  const bare = { ...ROW, startMinute: undefined, activity: undefined, person: undefined, stage: "Test" };
  expect(identitiesOf([ROW, bare])).toEqual([
    '["ann@example.invalid","2026-09-07",90,540,"PAY-88","review",null,1]',
    '[null,"2026-09-07",90,null,"PAY-88",null,"Test",1]',
  ]);
});

test("equal rows are numbered, and lines do not count", () => {
  const identities = identitiesOf([ROW, { ...ROW, line: 3 }, { ...ROW, minutes: 91 }, { ...ROW, line: 9 }]);
  expect(identities.map((identity) => identity.at(-2))).toEqual(["1", "2", "1", "3"]);
});

test.each<[string, Partial<TimeRow>]>([
  ["person", { person: "ben@example.invalid" }],
  ["date", { date: ROW.date + 1 }],
  ["minutes", { minutes: 91 }],
  ["start", { startMinute: 541 }],
  ["item key", { itemKeys: ["PAY-89"] }],
  ["activity", { activity: "build" }],
  ["stage", { stage: "Test" }],
])("rows that differ in their %s are numbered apart", (_label, other) => {
  expect(identitiesOf([ROW, { ...ROW, ...other }]).map((identity) => identity.at(-2))).toEqual(["1", "1"]);
});

test("the order of the rows does not matter", async () => {
  const [header, ...lines] = SAMPLES.toggl.trim().split("\n");
  const twice = [...lines, ...lines];
  const there = await reading([header, ...twice].join("\n"));
  const back = await reading([header, ...twice.toReversed()].join("\n"));
  expect(identitiesOf(back.rows).sort()).toEqual(identitiesOf(there.rows).sort());
  expect(new Set(identitiesOf(there.rows)).size).toBe(6);
});
