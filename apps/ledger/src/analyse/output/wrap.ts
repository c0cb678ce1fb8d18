/** Breaks a text into lines of at most `width` characters, the following ones indented by `indent`. */
export function wrap(text: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const candidate = line === "" ? word : `${line} ${word}`;
    if (candidate.length + indent.length > width && line !== "") {
      lines.push(indent + line);
      line = word;
    } else line = candidate;
  }
  return line === "" ? lines : [...lines, indent + line];
}
