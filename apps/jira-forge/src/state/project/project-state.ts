/** All that the project page knows and shows. */
import type { projectReport } from "@stageledger/core/contract/project-report";
import type { z } from "zod";
import type { Failure } from "../../ledger/failure.ts";

export type Report = z.output<typeof projectReport>;
export type StageFigures = Report["stages"][number];
export type ReportFigure = StageFigures["wip"];
export type StageHours = Report["hours"]["stages"][number];

export type ProjectState =
  | { readonly phase: "reading" }
  | { readonly phase: "failed"; readonly failure: Failure }
  | ReadyProject;

export interface ReadyProject {
  readonly phase: "ready";
  readonly report: Report;
  readonly open: OpenedPart | undefined;
  /** What is under way: one thing at a time. */
  readonly busy: ProjectWork | undefined;
  /** Of the last thing that was tried; what is shown is as old as it says. */
  readonly failure: Failure | undefined;
}

export type ProjectWork = "look" | "purpose";

/** What is unfolded: one thing at a time. */
export type OpenedPart = { readonly kind: "limits" } | { readonly kind: "purpose"; readonly text: string };

export const READING_PROJECT: ProjectState = { phase: "reading" };
