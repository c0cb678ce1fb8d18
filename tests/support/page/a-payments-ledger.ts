/** A tenant with a project of half a year's items, Payments, which came from Jira, and a small one, Ops, from Asana. */
import type { ItemFacts } from "@stageledger/core";
import { type Database, recordFacts, recordStageMap } from "@stageledger/db";
import { aPart } from "../a-part.ts";
import { aStageMap } from "../a-stage-map.ts";
import { anItemThatWent, type Step } from "../an-item.ts";
import { aTenant, type TestTenant } from "../database/a-tenant.ts";
import { utc } from "../moments.ts";
import { DAY_COUNT, paymentsItems } from "../payments-items.ts";

/** A Sunday evening: the week is not over. The charts begin on 27 April 2026. */
export const NOW = utc("2026-10-25T17:30");
const FIRST_DAY = utc("2026-04-27T09:00");
const DAY_MILLISECONDS = 86_400_000;

export async function aPaymentsLedger(database: Database): Promise<TestTenant> {
  const tenant = await aTenant(database, { zone: "UTC" });
  await recordStageMap(database, tenant.tenantId, aStageMap());
  const items = [...payments(), ...ops()];
  await recordFacts(database, tenant.tenantId, {
    items: items.map((item) => aPart(item)),
    statuses: [],
    entries: [],
  });
  return tenant;
}

function payments(): readonly ItemFacts[] {
  const made = paymentsItems().filter(({ created }) => created < DAY_COUNT);
  return made.map(({ key, created, entered, back, reopened }, i) => {
    const [build, review, test, done] = entered;
    const steps: (readonly [day: number, status: string])[] = [
      [build, "Build"],
      [review, "Review"],
      [test, "Test"],
      ...(back === null
        ? []
        : ([
            [back.from, "Review"],
            [back.to, "Test"],
          ] as const)),
      [done, "Done"],
      ...(reopened
        ? ([
            [done + 1, "Review"],
            [done + 2, "Done"],
          ] as const)
        : []),
    ];
    const known = steps.filter(([day]) => day < DAY_COUNT).map(([day, status]): Step => [at(day), status]);
    return anItemThatWent([[at(created), "Backlog"], ...known], { id: `jira:${20_000 + i}`, key, project: "Payments" });
  });
}

function ops(): readonly ItemFacts[] {
  return [7001, 7002].map((gid) =>
    anItemThatWent(
      [
        ["2026-10-01T09:00", "Backlog"],
        ["2026-10-05T09:00", "Build"],
      ],
      { id: `asana:${gid}:900`, key: String(gid), project: "Ops" },
    ),
  );
}

function at(day: number): string {
  return new Date(FIRST_DAY + day * DAY_MILLISECONDS).toISOString().slice(0, 16);
}
