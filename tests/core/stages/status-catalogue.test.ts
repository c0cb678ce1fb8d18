import { type Status, StatusCatalogue } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { utc } from "../../support/moments.ts";

const LISTED = [
  { id: "1", name: "To Do", category: "new" as const },
  { id: "3", name: "In Progress", category: "indeterminate" as const },
];

function settled(fill: (catalogue: StatusCatalogue) => void, id: string): Status | undefined {
  const catalogue = new StatusCatalogue();
  fill(catalogue);
  return catalogue.settle().get(id);
}

describe("deleted statuses (E6)", () => {
  test.each([
    ["Resolved", "done"],
    ["Closed", "done"],
    ["Done", "done"],
    ["Reopened", "new"],
    ["In Review", "indeterminate"],
  ] as const)("%s, which only history names, is guessed %s by its name and marked", (name, category) => {
    const status = settled((catalogue) => {
      catalogue.list(LISTED);
      catalogue.sawInHistory("5", name, utc("2026-01-05"), true, false);
    }, "5");
    expect(status).toEqual({
      id: "5",
      name,
      category,
      categoryFrom: "name",
      formerNames: [],
      deleted: true,
      inUse: true,
    });
  });

  test("a name that says nothing is guessed done by a resolution set in the same history", () => {
    const status = settled((catalogue) => {
      catalogue.list(LISTED);
      catalogue.sawInHistory("9", "Zugestellt", utc("2026-01-05"), true, true);
    }, "9");
    expect(status).toMatchObject({ category: "done", categoryFrom: "resolution", deleted: true, inUse: true });
  });

  test("the name goes before the resolution", () => {
    const status = settled((catalogue) => {
      catalogue.list(LISTED);
      catalogue.sawInHistory("9", "In Review", utc("2026-01-05"), true, true);
    }, "9");
    expect(status).toMatchObject({ category: "indeterminate", categoryFrom: "name" });
  });

  test("one resolution among three entries does not make a status done", () => {
    const status = settled((catalogue) => {
      catalogue.list(LISTED);
      for (const withResolution of [true, false, false])
        catalogue.sawInHistory("9", "Zugestellt", utc("2026-01-05"), true, withResolution);
    }, "9");
    expect(status).toMatchObject({ category: "indeterminate", categoryFrom: "unknown" });
  });

  test("a status that was left when the resolution was set is not guessed done", () => {
    const status = settled((catalogue) => {
      catalogue.list(LISTED);
      catalogue.sawInHistory("9", "Zugestellt", utc("2026-01-05"), false, true);
    }, "9");
    expect(status).toMatchObject({ category: "indeterminate", categoryFrom: "unknown" });
  });

  test("a status that the list holds is not deleted and needs no guess", () => {
    const status = settled((catalogue) => {
      catalogue.list(LISTED);
      catalogue.sawInHistory("3", "In Progress", utc("2026-01-05"), true, true);
    }, "3");
    expect(status).toMatchObject({ category: "indeterminate", categoryFrom: "source", deleted: false, inUse: true });
  });

  test("without a list nothing counts as deleted", () => {
    const status = settled((catalogue) => catalogue.sawInHistory("5", "Resolved", 0, true, false), "5");
    expect(status).toMatchObject({ category: "done", categoryFrom: "name", deleted: false, inUse: true });
  });
});

describe("renamed statuses (E7)", () => {
  test("the id keeps its newest name, and shows what it was, oldest first", () => {
    const status = settled((catalogue) => {
      catalogue.sawInHistory("3", "Doing", utc("2026-03-01"), true, false);
      catalogue.sawInHistory("3", "Coding", utc("2026-01-01"), true, false);
      catalogue.sawInHistory("3", "Coding", utc("2026-02-01"), true, false);
      catalogue.list(LISTED);
    }, "3");
    expect(status).toMatchObject({ name: "In Progress", formerNames: ["Coding", "Doing"] });
  });

  test("former names stand in the order in which they were last used", () => {
    const status = settled((catalogue) => {
      catalogue.sawInHistory("3", "Coding", utc("2026-01-01"), true, false);
      catalogue.sawInHistory("3", "Doing", utc("2026-02-01"), true, false);
      catalogue.sawInHistory("3", "Coding", utc("2026-03-01"), true, false);
      catalogue.list(LISTED);
    }, "3");
    expect(status?.formerNames).toEqual(["Doing", "Coding"]);
  });

  test("a name that came back is not a former one", () => {
    const status = settled((catalogue) => {
      catalogue.sawInHistory("3", "In Progress", utc("2026-01-01"), true, false);
      catalogue.sawInHistory("3", "Doing", utc("2026-02-01"), true, false);
      catalogue.list(LISTED);
    }, "3");
    expect(status).toMatchObject({ name: "In Progress", formerNames: ["Doing"] });
  });

  test("without a list the name that items carry now goes before history's", () => {
    const status = settled((catalogue) => {
      catalogue.sawInHistory("3", "Doing", utc("2026-03-01"), true, false);
      catalogue.sawCurrent("3", "Building", "indeterminate");
    }, "3");
    expect(status).toMatchObject({ name: "Building", formerNames: ["Doing"], categoryFrom: "source" });
  });
});

describe("categories that the export itself shows", () => {
  test("a status with two categories is a conflict; the more frequent one holds", () => {
    const catalogue = new StatusCatalogue();
    catalogue.sawCurrent("4", "Parked", "new");
    catalogue.sawCurrent("4", "Parked", "indeterminate");
    catalogue.sawCurrent("4", "Parked", "indeterminate");
    expect(catalogue.conflicts()).toEqual(["4"]);
    expect(catalogue.settle().get("4")).toMatchObject({ category: "indeterminate", categoryFrom: "source" });
  });

  test("a list settles the conflict", () => {
    const catalogue = new StatusCatalogue();
    catalogue.sawCurrent("3", "In Progress", "new");
    catalogue.sawCurrent("3", "In Progress", "done");
    catalogue.list(LISTED);
    expect(catalogue.conflicts()).toEqual([]);
    expect(catalogue.settle().get("3")?.category).toBe("indeterminate");
  });

  test("coverage says how many of the statuses in use the list holds", () => {
    const catalogue = new StatusCatalogue();
    catalogue.list(LISTED);
    catalogue.sawCurrent("3", "In Progress", undefined);
    catalogue.sawInHistory("5", "Resolved", 0, true, false);
    expect(catalogue.coverage()).toEqual({ used: 2, listed: 1 });
  });

  test("statuses come in natural order of their ids", () => {
    const catalogue = new StatusCatalogue();
    for (const id of ["10013", "3", "20"]) catalogue.sawCurrent(id, `Status ${id}`, "new");
    expect([...catalogue.settle().keys()]).toEqual(["3", "20", "10013"]);
  });
});
