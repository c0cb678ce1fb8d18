import { describe, expect, test } from "vitest";
import {
  chooseProjects,
  chooseWorkspace,
  inOfferedOrder,
  type ProjectWords,
} from "../../../apps/asana-sync/src/connect/choose-projects.ts";
import { codedErrorOf } from "../../support/coded-error.ts";

const OFFERED = [
  { gid: "11", name: "Checkout" },
  { gid: "12", name: "Orders" },
  { gid: "13", name: "Orders" },
  { gid: "14", name: "Old", archived: true },
  { gid: "15", name: "A=B" },
];

function chosen(words: Partial<ProjectWords>, before: Readonly<Record<string, string>> = {}): readonly string[] {
  const known = new Map(Object.entries(before).map(([gid, project]) => [gid, { project }]));
  const all = { named: [], isAll: false, leftOut: [], countAs: undefined, ...words };
  return chooseProjects(all, OFFERED, known).map(({ gid, project }) => `${gid} ${project}`);
}

describe("projects", () => {
  test("are named by number or name, and count as themselves or as what stands behind the sign", () => {
    expect(chosen({ named: ["11", "old=PAY"] })).toEqual(["11 Checkout", "14 PAY"]);
    expect(chosen({ named: ["Checkout = PAY", "Old"], countAs: "X" })).toEqual(["11 PAY", "14 X"]);
  });

  test("may hold the sign in their own name", () => {
    expect(chosen({ named: ["A=B"] })).toEqual(["15 A=B"]);
    expect(chosen({ named: ["A=B=PAY"] })).toEqual(["15 PAY"]);
  });

  test("of one name are told apart by their numbers, unless somebody counts them as one", () => {
    expect(chosen({ named: ["12", "13"] })).toEqual(["12 Orders (12)", "13 Orders (13)"]);
    expect(chosen({ named: ["12=Orders", "13=Orders"] })).toEqual(["12 Orders", "13 Orders"]);
  });

  test("all are those that are not archived", () => {
    expect(chosen({ isAll: true })).toEqual(["11 Checkout", "12 Orders (12)", "13 Orders (13)", "15 A=B"]);
  });

  test("that were chosen stay, under the name that they count as, until they are left out or counted otherwise", () => {
    expect(chosen({}, { 11: "PAY" })).toEqual(["11 PAY"]);
    expect(chosen({ isAll: true, leftOut: ["12", "13", "A=B"] }, { 11: "PAY" })).toEqual(["11 PAY"]);
    expect(chosen({ named: ["Old"], leftOut: ["Checkout"] }, { 11: "PAY" })).toEqual(["14 Old"]);
    expect(chosen({ named: ["Checkout=SHOP"] }, { 11: "PAY" })).toEqual(["11 SHOP"]);
  });

  test("that there are not, or that are several, are refused with what there is", () => {
    const unknown = codedErrorOf(() => chosen({ named: ["Nope"] }));
    expect(unknown).toMatchObject({
      code: "CONNECTION_PROJECT_UNKNOWN",
      next: expect.stringContaining('"Checkout" (11)'),
    });
    const several = codedErrorOf(() => chosen({ named: ["orders"] }));
    expect(several).toMatchObject({ code: "SETTING_INVALID", next: expect.stringContaining("12, 13") });
  });

  test("are offered by name, archived ones last", () => {
    expect(inOfferedOrder(OFFERED).map(({ gid }) => gid)).toEqual(["15", "11", "12", "13", "14"]);
  });
});

describe("the workspace", () => {
  const two = [
    { gid: "1", name: "Hollow Oak" },
    { gid: "2", name: "Tall Elm" },
  ];

  test("is the only one, or the one that is named", () => {
    expect(chooseWorkspace(undefined, [{ gid: "1", name: "Hollow Oak" }]).gid).toBe("1");
    expect(chooseWorkspace("tall elm", two).gid).toBe("2");
    expect(chooseWorkspace("1", two).gid).toBe("1");
  });

  test("has to be named when there are several, and has to be one of them", () => {
    expect(codedErrorOf(() => chooseWorkspace(undefined, two))).toMatchObject({
      code: "SETTING_INVALID",
      next: expect.stringContaining('"Tall Elm" (2)'),
    });
    expect(codedErrorOf(() => chooseWorkspace("3", two)).code).toBe("ASANA_NOT_FOUND");
    expect(codedErrorOf(() => chooseWorkspace(undefined, [])).code).toBe("ASANA_NOT_FOUND");
  });
});
