/** What the routes for the page work with; built in one place, and handed in. */
import type { Database } from "@stageledger/db";
import type { Request } from "express";
import type { Log } from "../http/problem.ts";

/** Somebody who has signed in. Nobody here knows who that is. */
export interface Member {
  /** Proved by the session, never by what a request says. */
  readonly tenantId: string;
  readonly memberId: string;
}

export interface PageContext {
  readonly database: Database;
  /** Undefined for a request that no session came with. */
  readonly findMember: (request: Request) => Promise<Member | undefined>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Log;
}
