/**
 * Child of the benchmark: does one thing and says how long it took and how much memory it needed.
 * A process of its own, so that neither figure carries what came before.
 */
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { run } from "../../apps/ledger/src/main/cli.ts";

const [what = "", path = "", ...options] = process.argv.slice(2);

/** The least that any reader of such a log must do: unzip it, cut it into lines, parse each. */
async function parseOnly(file: string): Promise<void> {
  let rest = "";
  let issues = 0;
  const decoder = new TextDecoder();
  for await (const chunk of createReadStream(file).pipe(createGunzip())) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      JSON.parse(line);
      issues += 1;
    }
  }
  process.stdout.write(`${issues} issues parsed\n`);
}

const startedAt = performance.now();
if (what === "parse") await parseOnly(path);
else process.exitCode = await run(["analyse", "jira", path, ...options]);
const elapsedMilliseconds = performance.now() - startedAt;
process.stderr.write(
  `\nmeasured ${JSON.stringify({ elapsedMilliseconds, peakKilobytes: process.resourceUsage().maxRSS })}\n`,
);
