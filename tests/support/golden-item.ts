/** The item that every flow tool counts differently (docs/flow-rules.md, "Golden item"). */
import type { ItemFacts } from "@stageledger/core";
import { anItemThatWent } from "./an-item.ts";

/** Created 09-07, back to Build once, Test skipped, re-opened once; every move at 09:00. */
export const GOLDEN_ITEM: ItemFacts = anItemThatWent([
  ["2026-09-07T09:00", "Backlog"],
  ["2026-09-08T09:00", "Build"],
  ["2026-09-10T09:00", "Review"],
  ["2026-09-11T09:00", "Build"],
  ["2026-09-14T09:00", "Review"],
  ["2026-09-16T09:00", "Done"],
  ["2026-09-17T09:00", "Review"],
  ["2026-09-18T09:00", "Done"],
]);
