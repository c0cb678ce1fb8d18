/** Rules of Jira's side and of the panel's door, each broken on purpose, by what is handed in and not in its code. */
import { randomUUID } from "node:crypto";
import type { Database } from "@stageledger/db";
import type { RequestHandler } from "express";
import { sql } from "kysely";
import type { ReadToken } from "../../../apps/ledger/src/forge/token.ts";
import type { JiraGateway, JiraWorklog } from "../../../apps/ledger/src/jira-sync/jira/gateway.ts";
import type { OpenGateway } from "../../../apps/ledger/src/jira-sync/jira/gateway-opener.ts";
import type { Mutant } from "../child-order.ts";
import { overriding } from "../overriding.ts";

export function breakJiraGateway(mutant: Mutant | undefined, open: OpenGateway, database: Database): OpenGateway {
  switch (mutant) {
    case "settled-before-recorded":
      return (connectionId, ...connection) => settlingFirst(open(connectionId, ...connection), connectionId, database);
    case "deletions-not-listed":
      return (...connection) =>
        overriding(open(...connection), {
          listDeletedWorklogs: async (since) => ({ worklogIds: [], until: since, isLast: true }),
        });
    case "mirrors-counted":
      return (...connection) => countingMirrors(open(...connection));
    default:
      return open;
  }
}

/** What rang is forgotten as soon as somebody goes to look at it. */
function settlingFirst(gateway: JiraGateway, connectionId: string, database: Database): JiraGateway {
  const settle = (ids: readonly string[]): Promise<unknown> =>
    sql`delete from inbox.bell where connection = ${connectionId}
      and fields ->> 'gid' in (select json_array_elements_text(${JSON.stringify(ids)}::json))`.execute(database.kysely);
  return overriding(gateway, {
    findIssue: async (id, flagFields) => {
      await settle([id]);
      return gateway.findIssue(id, flagFields);
    },
    readWorklogs: async (ids) => {
      await settle(ids);
      return gateway.readWorklogs(ids);
    },
  });
}

function countingMirrors(gateway: JiraGateway): JiraGateway {
  const original = (worklog: JiraWorklog): JiraWorklog => ({ ...worklog, isMirror: false });
  return overriding(gateway, {
    readWorklogs: async (ids) => (await gateway.readWorklogs(ids)).map(original),
    listWorklogsOf: async (issueId) => (await gateway.listWorklogsOf(issueId))?.map(original),
  });
}

/** token-used-twice: whoever repeats a call with its token is believed again. */
export function breakTokens(mutant: Mutant | undefined, readToken: ReadToken): ReadToken {
  if (mutant !== "token-used-twice") return readToken;
  return async (token) => ({ ...(await readToken(token)), tokenId: randomUUID() });
}

/** key-used-twice: who tries again, because no answer came, does it once more. */
export const forgetKeys: RequestHandler = (request, _response, next) => {
  if (request.headers["idempotency-key"] !== undefined) request.headers["idempotency-key"] = randomUUID();
  next();
};
