import { globSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeWithReference } from "../../support/reference-dir.ts";
import { rowsBy } from "../../support/reference-logs.ts";
import { stageledger } from "../../support/stageledger-process.ts";
import { aFolder } from "../../support/temporary-folder.ts";

describeWithReference("exports in other layouts", (referenceDir) => {
  test("issues in indented files of one each are read together, nothing of them lost", async () => {
    const folder = aFolder();
    const files = globSync(join(referenceDir, "data/jirametrics/*/**/SP-*.json")).sort();
    expect(files).toHaveLength(12);
    // SP-1 and SP-2 lie in both folders.
    const statuses = join(referenceDir, "data/jirametrics/testdata/sample_statuses.json");
    const words = ["analyse", "jira", ...files, "--statuses", statuses, "--items", "items.csv", "--format", "json"];
    const { exitCode, stdout, stderr } = await stageledger(words, { folder });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const items = rowsBy(join(folder, "items.csv"), "key");
    expect([...items.keys()].sort()).toEqual(
      ["SP-1", "SP-2", "SP-5", "SP-7", "SP-8", "SP-10", "SP-11", "SP-13", "SP-14", "SP-15"].sort(),
    );
    expect(JSON.parse(stdout)).toMatchObject({ total: { counts: { items: 10 } } });
  });

  test("29,057 issues without a changelog are refused, with the way to get one", async () => {
    const words = ["analyse", "jira", join(referenceDir, "data/titanium/titanium_issues.jsonl.gz")];
    const { exitCode, stdout, stderr } = await stageledger(words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: "" });
    expect(stderr).toMatch(/\[INPUT_NO_CHANGELOG\]\n {2}.*expand=changelog/);
  });
});
