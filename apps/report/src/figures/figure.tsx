/** Numbers as the page prints them: in one piece, missing ones in grey of the same size. */
import { type FigureFormat, figureText, NEVER_VISITED, stageFigureText } from "@stageledger/core/contract/figure-text";
import type { PageFigure } from "@stageledger/core/contract/page-flow";
import type { ReactNode } from "react";
import { words } from "../words/words.ts";

/** A figure with its note: value, then the note in small grey; without a value the note alone, in grey. */
export function Figure({ of, format }: { readonly of: PageFigure; readonly format?: FigureFormat }): ReactNode {
  return <Shown of={of} text={format === undefined ? figureText(of) : figureText(of, format)} />;
}

/** A stage's time or visits: a dash when no item was there (F12). */
export function StageFigure({ of }: { readonly of: PageFigure }): ReactNode {
  return <Shown of={of} text={stageFigureText(of)} />;
}

function Shown({ of: { value, note }, text }: { readonly of: PageFigure; readonly text: string }): ReactNode {
  if (text === NEVER_VISITED) return <Never />;
  if (value === null) return <span className="none">{text}</span>;
  return (
    <>
      <span className="fig">{text}</span>
      {note !== undefined && <span className="note"> {note}</span>}
    </>
  );
}

export function Never(): ReactNode {
  return (
    <span className="none">
      {NEVER_VISITED}
      <span className="vh"> none</span>
    </span>
  );
}

/** Of hours that are not published. */
export function Withheld(): ReactNode {
  return <span className="none">{words.withheld}</span>;
}
