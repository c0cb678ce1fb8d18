import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { JsonSplitter } from "../../../apps/ledger/src/analyse/input/json-splitter.ts";
import { readJsonValues } from "../../../apps/ledger/src/analyse/input/json-values.ts";

interface Read {
  readonly values: readonly unknown[];
  /** Lines on which they begin. */
  readonly lines: readonly number[];
  readonly unfinished: number | undefined;
}

function split(pieces: readonly Buffer[]): Read {
  const values: unknown[] = [];
  const lines: number[] = [];
  const splitter = new JsonSplitter((text, line) => {
    values.push(JSON.parse(text));
    lines.push(line);
  });
  for (const piece of pieces) splitter.push(piece);
  return { values, lines, unfinished: splitter.end() };
}

/** Line, from 1, of the brace before the id, found in the text itself. */
function lineOfIssue(text: string, id: string): number {
  const brace = text.lastIndexOf("{", text.search(new RegExp(`"id" ?: ?"${id}"`)));
  return text.slice(0, brace).split("\n").length;
}

const TRICKY = {
  id: "1",
  text: '{"issues":[} ü € 🙂 \\" \\\\ \u2028 ]',
  list: [[], {}, "[", null, -1.5e3],
  issues: "x",
};
const PLAIN = { id: "2", nested: { issues: [{ id: "not an issue" }] }, empty: "" };

const PAGE = {
  expand: "issues",
  "issues ": [1],
  total: 2,
  issues: [TRICKY, PLAIN],
  names: { issues: ["a", "]"] },
  isLast: true,
};

const DOCUMENTS: readonly (readonly [layout: string, text: string])[] = [
  ["a compact array", JSON.stringify([TRICKY, PLAIN])],
  ["an indented array", JSON.stringify([TRICKY, PLAIN], null, 2)],
  ["a compact page", JSON.stringify(PAGE)],
  ["an indented page", JSON.stringify(PAGE, null, "\t")],
  ["an indented page with spaces before the colons", JSON.stringify(PAGE, null, 1).replaceAll('": ', '" : ')],
  ["an array of pages", JSON.stringify([{ issues: [TRICKY] }, { issues: [] }, { issues: [PLAIN] }], null, 1)],
  ["indented objects side by side", `${JSON.stringify(TRICKY, null, 2)}\n${JSON.stringify(PLAIN, null, 2)}`],
  ["line ends of Windows", JSON.stringify([TRICKY, PLAIN], null, 2).replaceAll("\n", "\r\n")],
  ["a byte order mark", `\ufeff${JSON.stringify([TRICKY, PLAIN])}`],
];

describe("a document is cut into its issues", () => {
  test.each(DOCUMENTS)("%s, whole", (_layout, text) => {
    const read = split([Buffer.from(text)]);
    expect(read.values).toEqual([TRICKY, PLAIN]);
    expect(read.lines).toEqual([lineOfIssue(text, "1"), lineOfIssue(text, "2")]);
    expect(read.unfinished).toBeUndefined();
  });

  test.each(DOCUMENTS)("%s, in two pieces parted at any byte", (_layout, text) => {
    const bytes = Buffer.from(text);
    const whole = split([bytes]);
    for (let at = 0; at <= bytes.length; at += 1) {
      expect(split([bytes.subarray(0, at), bytes.subarray(at)]), `parted at byte ${at}`).toEqual(whole);
    }
  });

  test.each(DOCUMENTS)("%s, byte by byte, the pieces overwritten after each", (_layout, text) => {
    const bytes = Buffer.from(text);
    // A stream may use its buffer again once it was handed over.
    const reused = Buffer.alloc(1);
    const values: unknown[] = [];
    const splitter = new JsonSplitter((value) => values.push(JSON.parse(value)));
    for (const byte of bytes) {
      reused[0] = byte;
      splitter.push(reused);
    }
    expect(values).toEqual([TRICKY, PLAIN]);
    expect(splitter.end()).toBeUndefined();
  });
});

describe("a document that breaks off", () => {
  const array = JSON.stringify([TRICKY, PLAIN], null, 2);
  const page = JSON.stringify(PAGE, null, 2);

  test.each([
    ["in a value", array.slice(0, array.indexOf('"nested"')), lineOfIssue(array, "2")],
    ["between two values of an array", array.slice(0, array.lastIndexOf('{\n    "id": "2"')), 1],
    ["before the end of an array", array.slice(0, array.lastIndexOf("]")), 1],
    ["between two issues of a page", page.slice(0, page.lastIndexOf('{\n      "id": "2"')), 1],
    ["after the issues of a page", page.slice(0, page.indexOf('"names"')), 1],
    ["in the first string", '\n\n{"a', 3],
  ])("%s, is unfinished from the line on which that began", (_place, text, line) => {
    expect(split([Buffer.from(text)]).unfinished).toBe(line);
  });
});

test("what is no object is handed over to its line's end, and the next value is found again", () => {
  const texts: string[] = [];
  const splitter = new JsonSplitter((text, line) => texts.push(`${line}: ${text}`));
  splitter.push(Buffer.from('[\nnull,\n{"a":1},\n"{ text",\n{"b":2}\n]\noops'));
  expect(splitter.end()).toBeUndefined();
  expect(texts).toEqual(["2: null,", '3: {"a":1}', '4: "{ text",', '5: {"b":2}', "7: oops"]);
});

describe("any issues, in any layout and any pieces, are what JSON.parse makes of the whole", () => {
  // No issue holds a list called issues: that is what makes a page.
  const issue = fc.dictionary(
    fc.string({ unit: "binary" }).filter((name) => name !== "issues" && name !== "__proto__"),
    fc.jsonValue({ noUnicodeString: false }).filter((value) => !Object.is(value, -0)),
  );
  const issues = fc.array(issue, { maxLength: 6 });
  const indent = fc.constantFrom(undefined, 1, "\t");
  const lineEnd = fc.constantFrom("\n", "\r\n");
  const layouts = fc
    .record({ issues, indent, lineEnd, kind: fc.constantFrom("array", "page", "lines", "pages") })
    .map(({ issues: list, indent: by, lineEnd: end, kind }) => {
      if (kind === "lines") return { list, text: list.map((each) => JSON.stringify(each) + end).join("") };
      if (kind === "pages")
        return { list, text: list.map((each) => `{"issues":[${JSON.stringify(each)}]}${end}`).join("") };
      const whole = kind === "array" ? list : { startAt: 0, issues: list, names: { issues: "]" } };
      return { list, text: JSON.stringify(whole, null, by).replaceAll("\n", end) };
    });

  test("by reading them", async () => {
    await fc.assert(
      fc.asyncProperty(layouts, fc.array(fc.nat(), { maxLength: 8 }), async ({ list, text }, cuts) => {
        const bytes = Buffer.from(text);
        const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
        const pieces = places.slice(1).map((end, nth) => bytes.subarray(places[nth], end));
        const read: unknown[] = [];
        await readJsonValues(
          (async function* () {
            yield* pieces;
          })(),
          (value) => read.push(value),
          (error) => {
            throw error;
          },
        );
        expect(read).toEqual(JSON.parse(JSON.stringify(list)));
      }),
      { numRuns: 300 },
    );
  });
});
