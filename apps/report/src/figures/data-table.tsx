/** A table of figures that scrolls in itself where it is wider than the page. */
import type { ReactNode } from "react";

export interface Column {
  readonly head: ReactNode;
  readonly isNumber: boolean;
}

export interface Row {
  readonly id: string;
  readonly cells: readonly ReactNode[];
  /** In the accent colour: the constraint. */
  readonly isMarked?: boolean;
}

export interface Table {
  /** Names the scrolling part for who reads by ear. */
  readonly label: string;
  readonly caption: ReactNode;
  readonly columns: readonly Column[];
  /** The first cell of a row is its head. */
  readonly rows: readonly Row[];
}

export function text(head: ReactNode): Column {
  return { head, isNumber: false };
}

export function number(head: ReactNode): Column {
  return { head, isNumber: true };
}

export function DataTable({ table: { label, caption, columns, rows } }: { readonly table: Table }): ReactNode {
  const align = (index: number): string | undefined => (columns[index]?.isNumber === false ? "t" : undefined);
  return (
    <>
      <p className="caption">{caption}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard. */}
      <section className="scroll" aria-label={label} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {columns.map(({ head }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns never move.
                <th key={index} scope="col" className={align(index)}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, cells: [first, ...cells], isMarked }) => (
              <tr key={id} className={isMarked === true ? "marked" : undefined}>
                <th scope="row">{first}</th>
                {cells.map((cell, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns never move.
                  <td key={index} className={align(index + 1)}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
