/** Markup in which every outside text is escaped: the only way to get text into the page. */

/** Markup that is safe to print. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

/** null and false print nothing. */
export type Content = Html | string | number | null | false | readonly Content[];

/** Template tag: literal parts are markup, every value is escaped unless it is {@link Html}. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Html {
  let markup = parts[0] ?? "";
  for (const [index, value] of values.entries()) markup += markupOf(value) + (parts[index + 1] ?? "");
  return new Html(markup);
}

/** Contents one after the other, with `separator` between those that print something. */
export function joined(contents: readonly Content[], separator: string): Html {
  const printed = contents.map(markupOf).filter((markup) => markup !== "");
  return new Html(printed.join(escapeText(separator)));
}

export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITY[character] ?? "");
}

function markupOf(value: Content): string {
  if (value === null || value === false) return "";
  if (value instanceof Html) return value.markup;
  if (typeof value === "string") return escapeText(value);
  if (typeof value === "number") return String(value);
  return value.map(markupOf).join("");
}

const ENTITY: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
