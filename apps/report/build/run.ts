/** `npm run build`: writes apps/report/dist, and fails when the page has become too heavy. */
import { fileURLToPath } from "node:url";
import { buildPage } from "./build-page.ts";
import { MOST_PAGE_BYTES, pageWeightBytes } from "./page-weight.ts";

const folder = fileURLToPath(new URL("../dist", import.meta.url));
await buildPage(folder);
const bytes = pageWeightBytes(folder);
const inKilobytes = (weight: number): string => `${(weight / 1000).toFixed(1)} kB`;
process.stdout.write(`The page weighs ${inKilobytes(bytes)} gzipped, of ${inKilobytes(MOST_PAGE_BYTES)} at most.\n`);
if (bytes > MOST_PAGE_BYTES) process.exitCode = 1;
