/** Boards without a stage map can have thirty columns: which of them there is room for. */

/**
 * Names of the `most` heaviest stages, in the order given; a `kept` one is always among them. A weight of
 * zero is chosen only while there is room.
 */
export function chosenStages(
  stages: readonly { readonly name: string; readonly weight: number }[],
  most: number,
  kept: ReadonlySet<string>,
): readonly string[] {
  const chosen = new Set(
    stages
      .toSorted((a, b) => Number(kept.has(b.name)) - Number(kept.has(a.name)) || b.weight - a.weight)
      .slice(0, most)
      .map((stage) => stage.name),
  );
  return stages.filter((stage) => chosen.has(stage.name)).map((stage) => stage.name);
}
