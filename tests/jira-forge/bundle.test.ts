import { execFile } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { appFolder } from "../support/jira-forge/app-folder.ts";
import { describeWithApp } from "../support/jira-forge/describe-with-app.ts";
import { installLocked } from "../support/jira-forge/install-locked.ts";
import { type Manifest, parseManifest, readManifestText } from "../support/jira-forge/manifest.ts";
import { aFolder } from "../support/temporary-folder.ts";

const MINUTES = 60_000;
const KILOBYTES = 1000;
const checksFolder = join(appFolder, "checks");

const bundled = z.object({
  ui: z.array(z.object({ key: z.string(), bytesByFile: z.record(z.string(), z.number()) })),
  functions: z.array(z.object({ handler: z.string(), isFunction: z.boolean(), bytes: z.number() })),
});

/** Where the bundler is missing, why; fails in CI. */
async function whyNoBundler(): Promise<string | undefined> {
  try {
    await installLocked(checksFolder);
    return undefined;
  } catch (error) {
    if (process.env.CI !== undefined) throw error;
    return "Atlassian's bundler cannot be installed: npm ci in apps/jira-forge/checks says why";
  }
}

function bundle(manifest: Manifest): Promise<z.infer<typeof bundled>> {
  const script = join(checksFolder, "bundle.cjs");
  return new Promise((done, failed) => {
    // The bundler leaves what it made among the temporary files.
    const env = { ...process.env, TMPDIR: aFolder() };
    execFile(process.execPath, [script, appFolder, JSON.stringify(manifest)], { env }, (error, stdout, stderr) => {
      if (error === null) done(bundled.parse(JSON.parse(stdout)));
      else failed(new Error(`The bundler said: ${stderr}`));
    });
  });
}

describeWithApp("Atlassian's own bundler", () => {
  test("bundles every resource and every function of the manifest", { timeout: 15 * MINUTES }, async (context) => {
    const why = await whyNoBundler();
    if (why !== undefined) return context.skip(why);
    const manifest = parseManifest(readManifestText());
    const { resources } = manifest;
    const handlers = manifest.modules.function.map(({ handler }) => handler);
    const { ui, functions } = await bundle(manifest);
    // The bundler hands them back as they become ready.
    expect(ui.map(({ key }) => key).sort()).toEqual(resources.map(({ key }) => key).sort());
    for (const { key, bytesByFile } of ui) {
      expect([key, Object.keys(bytesByFile)]).toEqual([key, expect.arrayContaining(["index.html", `${key}.js`])]);
      // What a browser waits for before the first look at an issue.
      expect(bytesByFile[`${key}.js`]).toBeLessThan(500 * KILOBYTES);
    }
    expect(functions.map(({ handler, isFunction }) => [handler, isFunction])).toEqual(
      handlers.map((handler) => [handler, true]),
    );
  });
});
