import { StatusCatalogue } from "@stageledger/core";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { stagesYaml } from "../../../apps/ledger/src/analyse/output/stages-yaml.ts";
import { aStage, aStageMap } from "../../support/a-stage-map.ts";

describe("the stages file that an analysis writes", () => {
  const catalogue = new StatusCatalogue();
  catalogue.list([{ id: "3", name: "In Progress", category: "indeterminate" }]);
  catalogue.sawInHistory("3", "In Development", 1, true, false);
  catalogue.sawInHistory("5", "Resolved", 1, true, false);
  catalogue.sawInHistory("7", 'Odd: "#name"\nnext', 1, true, false);
  const map = aStageMap({
    stages: [aStage("Build", "active", { statuses: ["3"], limit: 4 }), aStage("Done", "done", { statuses: ["5"] })],
    commitment: "Build",
    version: 3,
    effectiveFrom: Date.UTC(2026, 8, 1),
  });
  const text = stagesYaml(map, catalogue.settle());

  test("reads back as the same map", () => {
    expect(parse(text)).toEqual({
      version: 3,
      effective_from: "2026-09-01T00:00:00.000Z",
      commitment: "Build",
      stages: [
        { name: "Build", kind: "active", statuses: ["3"], limit: 4 },
        { name: "Done", kind: "done", statuses: ["5"] },
      ],
    });
  });

  test("says what a status was called, what is deleted and what is a guess (E6, E7)", () => {
    expect(text).toContain('# 3 is "In Progress"; was "In Development"\n');
    expect(text).toContain('# 5 is "Resolved"; deleted in Jira; done is a guess: please check\n');
  });

  test("lists what no stage names, on one line whatever its name holds (E5)", () => {
    expect(text).toContain('# In no stage:\n#   "7"  "Odd: \\"#name\\"\\nnext"\n');
  });
});
