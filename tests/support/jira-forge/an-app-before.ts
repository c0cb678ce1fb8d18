/** Forge with the app in it, whose remote is a ledger's door. */
import type { ForgeDoor } from "../forge/a-forge-door.ts";
import { aForgeRuntime, type ForgeRuntime } from "./forge-runtime.ts";

/** @param systemToken of the app at the site, which Forge sends along */
export function anAppBefore(door: ForgeDoor, systemToken: () => string): ForgeRuntime {
  const forge = aForgeRuntime();
  forge.answer = async ({ path, method, headers, body, from }) =>
    fetch(`${door.url}${path}`, {
      method,
      body,
      headers: {
        ...headers,
        // Which name Forge gives a function's module is not documented: it is one of no page of Jira's.
        authorization: `Bearer ${await appTokenOf(door, from)}`,
        "x-forge-oauth-system": systemToken(),
      },
    });
  return forge;
}

/** Of the app itself, on nobody's behalf. @param type of the module that calls */
export function appTokenOf({ forge, installationId, jira }: ForgeDoor, type: string): Promise<string> {
  return forge.mint({ installationId, accountId: undefined, apiBaseUrl: jira.url, module: { type, key: "any" } });
}
