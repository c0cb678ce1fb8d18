/** Rules of Asana's side, each broken on purpose, by what is handed in and not in its code. */
import type { AsanaGateway } from "../../../apps/asana-sync/src/asana/gateway.ts";
import type { SyncContext } from "../../../apps/asana-sync/src/module.ts";
import type { Mutant } from "../child-order.ts";
import { jobUnderWay } from "../mutants.ts";
import { overriding } from "../overriding.ts";

export function breakAsanaGateway(
  mutant: Mutant | undefined,
  open: SyncContext["openGateway"],
): SyncContext["openGateway"] {
  switch (mutant) {
    case "token-without-recrawl":
      return (...connection) => withoutRecrawl(open(...connection));
    case "absence-is-deletion":
      return (...connection) => believingLists(open(...connection));
    default:
      return open;
  }
}

/** A lost cursor is replaced by the new one, as if nothing had happened since. */
function withoutRecrawl(gateway: AsanaGateway): AsanaGateway {
  return overriding(gateway, {
    readEvents: async (project, sync) => {
      const reply = await gateway.readEvents(project, sync);
      if (reply.kind === "events" || sync === undefined) return reply;
      return { kind: "events", events: [], sync: reply.sync, hasMore: false };
    },
  });
}

/** What a list shows no more is taken to be gone, without being asked for. */
function believingLists(gateway: AsanaGateway): AsanaGateway {
  const missed = new Set<string>();
  return overriding(gateway, {
    findEntry: async () => undefined,
    findTask: async (task) => {
      if (jobUnderWay() === "reconcile") {
        missed.add(task);
        return undefined;
      }
      return missed.delete(task) ? undefined : gateway.findTask(task);
    },
  });
}
