import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { aDesk } from "../../support/asana/a-desk.ts";

vi.setConfig({ testTimeout: 120_000 });

describe("no ledger is begun", () => {
  test.each([
    ["with a wrong token", { ASANA_TOKEN: "canary" }, "ASANA_UNAUTHORISED", 4],
    ["without a token", { ASANA_TOKEN: "" }, "ASANA_CREDENTIALS_MISSING", 4],
    ["with what no token can be", { ASANA_TOKEN: "canary canary" }, "ASANA_CREDENTIALS_MISSING", 4],
    ["with an address that is none", { PUBLIC_URL: "ftp://canary" }, "PUBLIC_URL_UNUSABLE", 3],
  ])("%s", async (_name, variables, code, exitCode) => {
    const desk = await aDesk();
    const ended = await desk.run(["connect", "asana", "--all", "--yes"], variables);
    expect(ended).toMatchObject({ exitCode, stdout: "" });
    expect(ended.stderr).toContain(`[${code}]`);
    expect(ended.stderr).not.toContain("canary");
    expect(existsSync(join(desk.folder, "data"))).toBe(false);
  });
});
