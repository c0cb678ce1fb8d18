/**
 * `npm run demo`: a generated quarter of three teams goes through the same recording, release and report as real work. The
 * verdict appears here, the page under the address that is printed.
 */
import { createHash, randomUUID } from "node:crypto";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { quarterOfThreeTeams, type World } from "../../../../tests/simulators/jira-log/quarter-of-three-teams.ts";
import { progressOn } from "../analyse/progress.ts";
import { reportText } from "../report/report-text.ts";
import { run } from "./cli.ts";
import { buildStalePage } from "./demo-build.ts";
import { type DemoFiles, writeDemoFiles } from "./demo-files.ts";
import { ledgerFolder, reportOfDemo } from "./demo-ledger.ts";
import { openDemoPage } from "./demo-page.ts";

const HELP = `npm run demo [-- --seed <number>] [--once | --serve]

Three made-up teams work for a quarter. PAY (12 people) and SHOP (7) work in
Jira, OPS (4) in Asana. Their moves and hours are recorded and released like
real ones; the report names the stage that holds each team up. Then the page
is served on this machine until Ctrl-C; made-up people sign in by one click.

  --seed <number>  another quarter (default: 1)
  --once           end after the report, with charts in a file instead of a page;
                   so it does, too, where no terminal shows what is printed
  --serve          serve the page there as well
`;

async function demo(seed: number, isOnce: boolean): Promise<number> {
  const folder = join(process.cwd(), "data", "demo");
  if (!isOnce) await buildStalePage((line) => void process.stdout.write(line));
  process.stdout.write("Three made-up teams work for a quarter: 12 and 7 people in Jira, 4 in Asana …\n");
  const world = quarterOfThreeTeams({ seed });
  const files = writeDemoFiles(world, seed, folder);
  const progress = progressOn(process.stderr, () => performance.now());
  // The same seed, the same report: also the secret share p, which is drawn for each tenant.
  const random = (count: number): Uint8Array =>
    createHash("shake256", { outputLength: count }).update(`${seed}`).digest();
  const context = { random, newId: randomUUID };
  const { report, deliveries, events } = await reportOfDemo(
    context,
    world,
    seed,
    files,
    ledgerFolder(folder),
    progress,
  );
  process.stdout.write(`\n${reportText(report, undefined, accentOn(process.stdout))}`);
  const data = relative(process.cwd(), ledgerFolder(folder));
  const { tasks, entries } = deliveries;
  const { issues, worklogs } = events;
  process.stdout.write(
    `\nPAY and SHOP came by the door for Jira: ${issues} issues, ${worklogs} worklogs.\nOPS came by the door for Asana: ${tasks} tasks, ${entries} time entries.\nOf what rang there, ${events.lost} and ${deliveries.lost} were lost on purpose: a look at Jira and\nAsana found the rest.\n`,
  );
  if (isOnce) return drawFile(world, files, data);
  const { keys } = report.flow.projects.find(({ project }) => project === "PAY")?.verdict.items ?? { keys: [] };
  await servePage(ledgerFolder(folder), world, keys);
  process.stdout.write(`\nLook further: npx stageledger verify --data ${data}\n`);
  return 0;
}

async function drawFile({ asOf }: World, files: DemoFiles, data: string): Promise<number> {
  const drawn = await run([
    ...["analyse", "jira", files.everything, "--statuses", files.statuses, "--stages", files.stages],
    ...["--as-of", new Date(asOf - 1).toISOString(), "--format", "html", "--output", files.page],
  ]);
  if (drawn !== 0) return drawn;
  process.stdout.write(`\nThe flow with charts: open ${pathToFileURL(files.page).href}\n`);
  process.stdout.write(`Look further: npx stageledger verify --data ${data}\n`);
  return 0;
}

async function servePage(folder: string, { asOf }: World, keys: readonly string[]): Promise<void> {
  const page = await openDemoPage(folder, asOf, keys);
  const isToldToStop = new Promise<void>((stop) => {
    process.once("SIGINT", () => stop());
    process.once("SIGTERM", () => stop());
  });
  process.stdout.write(
    `\nThe page: open ${page.url}/sign-in\nWhoever you choose to be there is made up. Ctrl-C ends it.\n`,
  );
  await isToldToStop;
  await page.close();
}

function accentOn({ isTTY }: { readonly isTTY?: boolean }): (text: string) => string {
  return isTTY === true && process.env.NO_COLOR === undefined
    ? (text) => `\u001b[1;33m${text}\u001b[0m`
    : (text) => text;
}

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    once: { type: "boolean", default: false },
    serve: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});
const seed = Number(values.seed);
// Whoever is not there to look at a page, is not there to press Ctrl-C.
const isOnce = values.once || (!values.serve && process.stdout.isTTY !== true);
if (values.help) process.stdout.write(HELP);
else if (Number.isInteger(seed) && seed >= 0) process.exitCode = await demo(seed, isOnce);
else {
  process.stderr.write(`--seed should be a whole number, not "${values.seed}".\n`);
  process.exitCode = 2;
}
