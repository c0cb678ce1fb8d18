/** Tells by its header which layout a time file has, and where each column stands. Pure. */
import { StageledgerError } from "@stageledger/core";
import { type Field, LAYOUT_FORMS, type LayoutForm, type LayoutName } from "./layout-forms.ts";

export interface TimeLayout {
  readonly name: LayoutName;
  readonly title: string;
  /** False when the file says nothing about who logged: then all of it is one person's. */
  readonly hasPerson: boolean;
  /** How many cells each row has. */
  readonly width: number;
  readonly placeByField: Readonly<Partial<Record<Field, number>>>;
}

/**
 * Columns may come in any order and in any case; others may stand between them.
 *
 * @param header its cells as they stand in the file; they are never repeated, because without a header the first row is
 * data, and data names people
 * @throws StageledgerError IMPORT_UNKNOWN_LAYOUT, IMPORT_MISSING_COLUMNS
 */
export function recogniseLayout(header: readonly string[]): TimeLayout {
  const names = header.map(plainHeader);
  const attempts = LAYOUT_FORMS.map((form) => attempt(form, names));
  const found = attempts.find(({ missing }) => missing.length === 0);
  if (found === undefined) throw refusal(attempts);
  const { form, placeByField } = found;
  const { mail, userId, name, firstName, lastName } = placeByField;
  const hasPerson = [mail, userId, name, firstName, lastName].some((place) => place !== undefined);
  return { name: form.name, title: form.title, hasPerson, width: header.length, placeByField };
}

interface Attempt {
  readonly form: LayoutForm;
  readonly placeByField: Partial<Record<Field, number>>;
  readonly missing: readonly string[];
}

function attempt(form: LayoutForm, names: readonly string[]): Attempt {
  const placeByField: Partial<Record<Field, number>> = {};
  for (const [field, headers] of fieldsOf(form)) {
    const header = headers.find((one) => names.includes(one));
    if (header !== undefined) placeByField[field] = names.indexOf(header);
  }
  const missing = form.needs
    .filter(({ fields }) => fields.every((field) => placeByField[field] === undefined))
    .map(({ columns }) => columns);
  return { form, placeByField, missing };
}

function fieldsOf({ headers }: LayoutForm): [Field, readonly string[]][] {
  return FIELDS.map((field) => [field, headers[field] ?? []]);
}

const FIELDS: readonly Field[] = [
  ...(["item", "date", "endDate", "start", "end", "duration", "hours", "hoursDecimal", "minutes"] as const),
  ...(["mail", "userId", "name", "firstName", "lastName", "reference", "task", "description", "tags"] as const),
  ...(["activity", "stage", "type", "project"] as const),
];

function refusal(attempts: readonly Attempt[]): StageledgerError {
  const [nearest] = attempts
    .filter(({ form, missing }) => missing.length * 2 <= form.needs.length)
    .toSorted((a, b) => shareMissing(a) - shareMissing(b) || columnsFound(b) - columnsFound(a));
  if (nearest === undefined) {
    return new StageledgerError("IMPORT_UNKNOWN_LAYOUT", "The first row is the header of no layout that is known.", {
      next: `Name the columns in the first row, as text in UTF-8. ${LAYOUT_FORMS.map(formText).join("; ")}.`,
    });
  }
  const { form, missing } = nearest;
  return new StageledgerError(
    "IMPORT_MISSING_COLUMNS",
    `The header is nearest to the layout ${form.title}, but these columns are missing: ${missing.join("; ")}.`,
    { next: `Export again with these columns. ${formText(form)}.` },
  );
}

function shareMissing({ form, missing }: Attempt): number {
  return missing.length / form.needs.length;
}

function columnsFound({ placeByField }: Attempt): number {
  return Object.keys(placeByField).length;
}

function formText({ title, needs }: LayoutForm): string {
  return `${title}: ${needs.map(({ columns }) => columns).join(", ")}`;
}

function plainHeader(header: string): string {
  return header
    .normalize("NFC")
    .replaceAll(/[\s_]+/g, " ")
    .trim()
    .toLowerCase();
}
