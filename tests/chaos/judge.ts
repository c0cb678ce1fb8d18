/** Holds the ledger against the truth. */
import { inTransaction, MasterKey, openTenantSecrets, verify } from "@stageledger/db";
import { compare } from "./compare.ts";
import { foundLedger } from "./found-ledger.ts";
import type { Servers } from "./servers.ts";
import type { Side } from "./side.ts";
import { Tally } from "./tally.ts";
import { joined } from "./true-ledger.ts";

export interface Outcome {
  readonly minutes: number;
  readonly entries: number;
  readonly items: number;
  readonly minutesLost: number;
  readonly minutesDoubled: number;
  /** Empty when the ledger is the truth. */
  readonly differences: readonly string[];
  /** The scene in which they were seen. */
  readonly scene: string;
  readonly faults: Tally;
  /** All that happened at the simulated sources, as JSON, a thing a line. */
  readonly deeds: readonly string[];
}

export interface Played {
  readonly scene: string;
  /** What was the matter already. */
  readonly trouble: string | undefined;
  /** Processes that ended without being killed. */
  readonly crashes: number;
  /** So far, but for those of the sources. */
  readonly faults: Tally;
}

export async function judge(
  { database, masterKey }: Servers,
  tenantId: string,
  sides: readonly Side[],
  { scene, trouble, crashes, faults: ofRun }: Played,
): Promise<Outcome> {
  const secrets = await inTransaction(database, { role: "recorder", tenantId }, (trx) =>
    openTenantSecrets(trx, tenantId, MasterKey.parse(masterKey)),
  );
  const truth = joined(sides.map((side) => side.truth(secrets)));
  const { minutesLost, minutesDoubled, differences } = compare(truth, await foundLedger(database, tenantId));
  const unsound = await verify(database, tenantId);
  const faults = new Tally();
  faults.addAll(ofRun.counts);
  for (const side of sides) faults.addAll(side.faults);
  return {
    minutes: [...truth.entries.values()].reduce((sum, { minutes }) => sum + minutes, 0),
    entries: truth.entries.size,
    items: truth.items.size,
    minutesLost,
    minutesDoubled,
    differences: [
      ...(trouble === undefined ? [] : [trouble]),
      ...sides.flatMap(({ troubles }) => troubles),
      ...differences,
      ...unsound.map(({ kind, what, expected, found: has }) => `verify: ${kind} ${what} is ${has}, not ${expected}`),
      ...(crashes === 0 ? [] : [`${crashes} processes ended by themselves`]),
    ],
    scene,
    faults,
    deeds: sides.flatMap((side) => side.deeds()),
  };
}
