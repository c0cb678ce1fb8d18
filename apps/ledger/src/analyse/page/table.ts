/** A table in its own scroll box: on a narrow screen the box scrolls, never the page. */
import { type Content, type Html, html } from "./html.ts";

export interface Column {
  readonly head: Content;
  readonly isNumber: boolean;
}

export interface TableRow {
  /** Heads the row. */
  readonly head: Content;
  /** One cell a column after the first. */
  readonly cells: readonly Content[];
  readonly isMarked?: boolean;
}

export interface Table {
  /** Names the scroll box to a screen reader. */
  readonly label: string;
  /** Stands above the box, so that it does not scroll with the table. */
  readonly caption?: Content;
  readonly columns: readonly Column[];
  readonly rows: readonly TableRow[];
}

export function text(head: Content): Column {
  return { head, isNumber: false };
}

export function number(head: Content): Column {
  return { head, isNumber: true };
}

export function drawTable({ label, caption, columns, rows }: Table): Html {
  return html`${caption !== undefined && html`<p class="caption">${caption}</p>`}<div class="scroll" role="region" tabindex="0" aria-label="${label}"><table><thead><tr>${columns.map(
    (column) => html`<th scope="col"${alignment(column)}>${column.head}</th>`,
  )}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr${row.isMarked === true && html` class="marked"`}><th scope="row">${row.head}</th>${row.cells.map(
        (cell, index) => html`<td${alignment(columns[index + 1])}>${cell}</td>`,
      )}</tr>`,
  )}</tbody></table></div>`;
}

/** Numbers stand right, which is the style's default for cells. */
function alignment(column: Column | undefined): Html | false {
  return column?.isNumber === false && html` class="t"`;
}
