/** Atoms as rows, and back. Pure. */
import { type Atom, type AtomIdentity, dayText, type PartLabel, parseEntryDate } from "@stageledger/core";
import type { Schema } from "../schema.ts";

export type AtomRow = Omit<Schema["published.atom"], "tenant_id">;

/** A published number, with the time that items spent where its hours were logged. */
export interface PublishedAtom extends Atom {
  /** F23, of stages only; undefined where none could be told. */
  readonly elapsedMinutes: number | undefined;
}

export function toAtomRow({ identity, ...atom }: PublishedAtom, release: number): AtomRow {
  const part = "part" in identity ? identity.part : undefined;
  return {
    cut: identity.cut,
    project: "project" in identity ? identity.project : "",
    part_kind: part?.kind ?? "",
    part: part?.kind === "own" ? part.name : "",
    span: spanOf(identity),
    version: 1,
    rounded_minutes: atom.roundedMinutes,
    contributors: atom.contributors ?? null,
    elapsed_minutes: atom.elapsedMinutes ?? null,
    release_number: release,
  };
}

export function toAtom(row: Omit<AtomRow, "version" | "release_number">): PublishedAtom {
  return {
    identity: identityOf(row),
    roundedMinutes: row.rounded_minutes,
    contributors: row.contributors ?? undefined,
    elapsedMinutes: row.elapsed_minutes ?? undefined,
  };
}

function spanOf(identity: AtomIdentity): string {
  if (identity.cut === "A") return dayText(identity.week);
  return identity.cut === "L" ? identity.quarter : identity.period;
}

function identityOf({
  cut,
  project,
  part_kind,
  part,
  span,
}: Pick<AtomRow, "cut" | "project" | "part_kind" | "part" | "span">): AtomIdentity {
  const label: PartLabel = part_kind === "own" ? { kind: "own", name: part } : { kind: "others" };
  switch (cut) {
    case "A":
      return { cut, project, week: parseEntryDate(span) };
    case "B":
    case "C":
      return { cut, project, part: label, period: span };
    case "E":
      return { cut, period: span };
    case "L":
      return { cut, project, quarter: span };
  }
}
