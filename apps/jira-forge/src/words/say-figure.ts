/** A figure as a page prints it: in one piece, with what it is short of. Pure. */
import { decimal, figureText, NEVER_VISITED, stageFigureText, tenths } from "@stageledger/core/contract/figure-text";
import type { ReportFigure, StageFigures } from "../state/project/project-state.ts";

export interface SaidFigure {
  readonly text: string;
  /** Beside a number: "thin data". */
  readonly note: string | undefined;
  /** Whether the text is not a number, but why there is none. */
  readonly isMissing: boolean;
}

export function sayItems(figure: ReportFigure): SaidFigure {
  return said(figure, figureText(figure, decimal));
}

export function sayFigure(figure: ReportFigure): SaidFigure {
  return said(figure, figureText(figure));
}

/** Of items that were in the stage: a dash where none was. */
export function sayStageFigure(figure: ReportFigure): SaidFigure {
  return said(figure, stageFigureText(figure));
}

export function sayRates({ arrivalsPerWeek, departuresPerWeek }: StageFigures): SaidFigure {
  const rate = ({ value }: ReportFigure): string => (value === null ? NEVER_VISITED : tenths(value));
  return { text: `${rate(arrivalsPerWeek)} / ${rate(departuresPerWeek)}`, note: undefined, isMissing: false };
}

function said({ value, note }: ReportFigure, text: string): SaidFigure {
  return { text, note: value === null ? undefined : note, isMissing: value === null };
}
