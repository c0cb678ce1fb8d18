/**
 * A name of at most `most` letters for a chart's label; the whole name stands in the table behind it. The last word stays where it
 * fits: "Ready for Review" and "Ready for Test" differ only there.
 */
export function shortened(name: string, most: number): string {
  if (name.length <= most) return name;
  const lastWord = name.slice(name.lastIndexOf(" ") + 1);
  const tail = lastWord.length <= most - 4 ? lastWord : "";
  return `${name.slice(0, most - 1 - tail.length).trimEnd()}…${tail}`;
}
