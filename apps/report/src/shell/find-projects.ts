/** Which projects a search means: those in which every word of it occurs. Pure. */
export function findProjects(projects: readonly string[], sought: string): readonly string[] {
  const parts = folded(sought)
    .split(/\s+/u)
    .filter((part) => part !== "");
  return projects.filter((project) => parts.every((part) => folded(project).includes(part)));
}

function folded(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
