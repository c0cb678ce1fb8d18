import fc from "fast-check";
import { expect, test } from "vitest";
import { type Address, readAddress, toProject, writeAddress } from "../../apps/report/src/address/address.ts";
import { findProjects } from "../../apps/report/src/shell/find-projects.ts";

function read(text: string): Address {
  return readAddress(new URL(text, "http://ledger.test"));
}

const PLAIN = {
  asOf: null,
  weeks: null,
  map: null,
  time: "calendar",
  against: null,
  open: [],
  decision: null,
} as const;

test("an address says a project, its window and what is open", () => {
  expect(read("/")).toEqual({ ...PLAIN, project: null, isMyTime: false });
  expect(read("/my-time")).toEqual({ ...PLAIN, project: null, isMyTime: true });
  expect(
    read(
      "/projects/A%2FB%20C?asOf=2026-09-07&weeks=6&map=2&time=business&against=2026-07-01&open=ageing,net-flow#decision=WIP+4&on=2026-08-01",
    ),
  ).toEqual({
    ...{ project: "A/B C", isMyTime: false, asOf: "2026-09-07", weeks: 6, map: 2, time: "business" },
    ...{ against: "2026-07-01", open: ["ageing", "net-flow"], decision: { text: "WIP 4", day: "2026-08-01" } },
  });
});

test("what an address cannot mean is left to the ledger", () => {
  for (const query of [
    "weeks=5",
    "weeks=13",
    "weeks=-8",
    "weeks=1e1",
    "map=0",
    "asOf=2026-13-01",
    "asOf=yesterday",
    "time=local",
    "against=x",
  ])
    expect({ query, read: read(`/projects/PAY?${query}`) }).toEqual({
      query,
      read: { ...PLAIN, project: "PAY", isMyTime: false },
    });
  expect(read("/projects/%E0%A4%A?weeks=7")).toMatchObject({ project: "%E0%A4%A", weeks: 7 });
  expect(read("/projects/PAY#decision=without+a+day").decision).toBeNull();
});

test("whatever is shown can be written and read again", () => {
  const day = fc
    .date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const maybe = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(one, { nil: null });
  const shown = fc.record({
    project: maybe(
      fc
        .string({ unit: "grapheme", minLength: 1, maxLength: 30 })
        .filter((name) => name.isWellFormed() && name !== "." && name !== ".."),
    ),
    isMyTime: fc.constant(false),
    asOf: maybe(day),
    weeks: maybe(fc.integer({ min: 6, max: 12 })),
    map: maybe(fc.integer({ min: 1, max: 1000 })),
    time: fc.constantFrom("calendar", "business"),
    against: maybe(day),
    open: fc.subarray(["ageing", "cycle-time", "net-flow"]),
    decision: maybe(
      fc.record({
        text: fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }).filter((text) => text.isWellFormed()),
        day,
      }),
    ),
  });
  fc.assert(fc.property(shown, (address) => void expect(read(writeAddress(address))).toEqual(address)));
});

test("another project keeps the window, and leaves the rest behind", () => {
  const from = read(
    "/projects/PAY?weeks=6&map=2&time=business&open=ageing&against=2026-07-01#decision=WIP+4&on=2026-08-01",
  );
  expect(writeAddress(toProject(from, "SHOP"))).toBe("/projects/SHOP?weeks=6&time=business");
  expect(writeAddress(toProject(from, null))).toBe("/?weeks=6&time=business");
});

test("a search finds every word of it anywhere in a name, whatever its case and accents", () => {
  const projects = ["Payments Core", "Café Orders", "Core Reports"];
  expect(findProjects(projects, "core")).toEqual(["Payments Core", "Core Reports"]);
  expect(findProjects(projects, "CORE  pay")).toEqual(["Payments Core"]);
  expect(findProjects(projects, "cafe")).toEqual(["Café Orders"]);
  expect(findProjects(projects, " ")).toEqual(projects);
  expect(findProjects(projects, "zq")).toEqual([]);
});
