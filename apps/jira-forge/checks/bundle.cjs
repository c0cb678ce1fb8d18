/**
 * Bundles the app with Atlassian's own bundler, as `forge deploy` does, and prints what came out as JSON.
 *
 *     node bundle.cjs <folder of the app> <its manifest, as JSON>
 *
 * CommonJS and a process of its own, since the bundler looks for its main module, and for the app in the working directory.
 */
const { readdirSync, realpathSync, statSync } = require("node:fs");
const { join } = require("node:path");
const { getEntryPoints, getNodeBundler, NativeUIBundler } = require("@forge/bundler");

const app = realpathSync(process.argv[2]);
const manifest = JSON.parse(process.argv[3]);
const handlers = manifest.modules.function.map(({ handler }) => handler);
process.chdir(app);

const say = (text) => void process.stderr.write(`${text}\n`);
const silent = () => undefined;
const logger = { debug: silent, info: silent, trace: silent, warn: say, error: say };

const sizesIn = (folder) =>
  Object.fromEntries(readdirSync(folder).map((file) => [file, statSync(join(folder, file)).size]));

async function bundleUi() {
  const { nativeUiBundlesDetails } = await new NativeUIBundler(logger).bundleResources(manifest.resources);
  return nativeUiBundlesDetails.map(({ key, path }) => ({ key, bytesByFile: sizesIn(path) }));
}

async function bundleFunctions() {
  // The CLI downloads Atlassian's runtime and puts it around each function. It is not ours, and its absence changes nothing of them.
  const noRuntime = async () => ({ script: "", source: "none", version: "none" });
  const runtime = { getNodeRuntimeWrapper: noRuntime, getNodeRuntimeLoader: noRuntime };
  const bundler = getNodeBundler(logger, runtime, { readConfig: async () => manifest });
  const files = handlers.map((handler) => handler.split(".")[0]);
  const entryPoints = getEntryPoints(files.map((module) => ({ module })));
  const { outputDir } = await bundler.bundle({ appDirectory: app, entryPoints, i18nConfig: { resources: [] } });
  return handlers.map((handler) => {
    const [file, name] = handler.split(".");
    const bundle = join(outputDir, `${file}.cjs`);
    return { handler, isFunction: typeof require(bundle)[name] === "function", bytes: statSync(bundle).size };
  });
}

(async () => {
  const [ui, functions] = [await bundleUi(), await bundleFunctions()];
  process.stdout.write(JSON.stringify({ ui, functions }));
})().catch((error) => {
  say(error.message);
  process.exitCode = 1;
});
