/** Which Jira site a call comes from, as Forge proves it. */
import { StageledgerError } from "@stageledger/core";
import { isSite, type Site } from "@stageledger/db";
import { findApiRoot } from "../jira/site/root-url.ts";
import type { ProvedToken } from "./token.ts";

/**
 * The site's id ends the address of its REST interface; an address without a path stands for itself. Undefined where the proof
 * names no address that a token may be sent to.
 */
export function siteOfCall({ apiBaseUrl }: Pick<ProvedToken, "apiBaseUrl">): Site | undefined {
  const root = apiBaseUrl === undefined ? undefined : findApiRoot(apiBaseUrl);
  if (root === undefined) return undefined;
  return { kind: "jira", siteId: root.pathname.split("/").findLast((part) => part !== "") ?? root.host };
}

/** Whether the call comes from another site than the ledger's. @param knownSite undefined before the ledger has one */
export function isOfOtherSite(knownSite: Uint8Array | undefined, call: Pick<ProvedToken, "apiBaseUrl">): boolean {
  const site = siteOfCall(call);
  return knownSite !== undefined && site !== undefined && !isSite(knownSite, site);
}

export function otherSite(): StageledgerError {
  return new StageledgerError("CONNECTION_OTHER_SITE", "This ledger's issues are of another Jira site.", {
    next: "An admin connects this site to a ledger of its own: its issues have the same ids.",
  });
}
