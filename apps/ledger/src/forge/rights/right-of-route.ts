/**
 * What a route asks of whoever calls, before it does anything: the right, in Jira, to see what it is about or to change it for all.
 * What may not be seen is as unknown as what is not there.
 */
import { StageledgerError } from "@stageledger/core";
import { itemId, name, uuid } from "@stageledger/core/contract/values";
import { findRoadblock, findTimer, inTransaction, listSourceProjects } from "@stageledger/db";
import type { Request } from "express";
import { itemUnknown, projectUnknown, roadblockUnknown, sourceProjectUnknown } from "../../http/unknown.ts";
import type { Caller } from "../caller.ts";
import type { DoorContext } from "../forge-context.ts";
import { findPerson } from "../person.ts";
import type { AskRight } from "./ask-right.ts";
import { seesIssue, seesProjectOf } from "./seen-things.ts";

/** Throws what the route throws for what is not there, or RIGHTS_MISSING. What it cannot read is for the route to refuse. */
export type RightOfRoute = (ask: AskRight, context: DoorContext, caller: Caller, request: Request) => Promise<void>;

const PROJECT_IN_JIRA = /^jira:(\d{1,19})$/u;

/** The item in the path has to be an issue that the caller may see. */
export const seesItem: RightOfRoute = async (ask, _context, _caller, { params }) => {
  const item = itemId.safeParse(params.item);
  if (item.success && !(await seesIssue(ask, item.data))) throw itemUnknown();
};

/** The item that the caller's timer counts on. */
export const seesItemOfTimer: RightOfRoute = async (ask, context, caller) => {
  const { database } = context;
  const { tenantId } = caller;
  const contributorId = await findPerson(context, caller);
  if (contributorId === undefined) return;
  const timer = await inTransaction(database, { role: "person", tenantId, contributorId }, (trx) =>
    findTimer(trx, tenantId, contributorId),
  );
  if (timer !== undefined && !(await seesIssue(ask, timer.itemId))) throw itemUnknown();
};

/** The item that the roadblock is in the way of. */
export const seesItemOfRoadblock: RightOfRoute = async (ask, { database }, { tenantId }, { params }) => {
  const id = uuid.safeParse(params.roadblock);
  if (!id.success) return;
  const found = await inTransaction(database, { role: "report_reader", tenantId }, (trx) =>
    findRoadblock(trx, tenantId, id.data),
  );
  if (found !== undefined && !(await seesIssue(ask, found.itemId))) throw roadblockUnknown();
};

/** One of the Jira projects that make up the ledger's. A project without any is every member's. */
export const seesProject: RightOfRoute = async (ask, { database }, { tenantId }, { params }) => {
  const project = name.safeParse(params.project);
  if (!project.success) return;
  const sources = await inTransaction(database, { role: "report_reader", tenantId }, (trx) =>
    listSourceProjects(trx, tenantId, project.data),
  );
  if (!(await seesProjectOf(ask, sources))) throw projectUnknown();
};

/** The Jira project in the path has to be one that the caller may see. What is no project of Jira's is not shown at this door. */
export const seesSourceProject: RightOfRoute = async (ask, _context, _caller, { params }) => {
  const sourceProject = itemId.safeParse(params.sourceProject);
  if (!sourceProject.success) return;
  const [, projectId] = PROJECT_IN_JIRA.exec(sourceProject.data) ?? [];
  if (projectId === undefined || !(await ask("BROWSE_PROJECTS", { projectId }))) throw sourceProjectUnknown();
};

/** Who administers the site in Jira speaks for it here. */
export const administersSite: RightOfRoute = async (ask) => {
  if (await ask("ADMINISTER", "site")) return;
  throw new StageledgerError("RIGHTS_MISSING", "Only who administers this Jira site may change that.", {
    next: "Ask an admin of the site to do it.",
  });
};
