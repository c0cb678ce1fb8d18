import type { Drawn, ForgeHost } from "./forge-host.ts";

const NO_BREAK_SPACE = "\u00a0";

/** The lines of a DynamicTable with its head first, each cell as it is read: whether a space may break a line is not heard. */
export function readTable(page: ForgeHost, testId: string): readonly (readonly string[])[] {
  const part = (name: string): readonly Drawn[] =>
    page.get(testId).children.find(({ props }) => props.name === name)?.children ?? [];
  const texts = (cells: readonly Drawn[]): readonly string[] =>
    cells.map((cell) => page.text(cell).replaceAll(NO_BREAK_SPACE, " "));
  return [texts(part("head")), ...part("rows").map(({ children }) => texts(children))];
}
