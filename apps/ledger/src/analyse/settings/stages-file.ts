/** Reads stages.yaml: one document a version of the map, or just one. */
import { readFile } from "node:fs/promises";
import { StageledgerError, UNMAPPED_NAME } from "@stageledger/core";
import { type Document, parseAllDocuments } from "yaml";
import { z } from "zod";

const stagesDocument = z.strictObject({
  version: z.int().positive().optional(),
  effective_from: z.string().optional(),
  commitment: z.string(),
  /** Statuses that mean "blocked" wherever they are mapped (F24). */
  blocked: z.array(z.union([z.string(), z.number()])).default([]),
  stages: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        kind: z.enum(["waiting", "active", "done", "withdrawn"]),
        statuses: z.array(z.union([z.string(), z.number()])),
        limit: z.int().positive().optional(),
      }),
    )
    .min(1),
});

export type StagesDocument = z.infer<typeof stagesDocument>;

/** @throws StageledgerError STAGES_UNREADABLE */
export async function readStagesFile(path: string): Promise<StagesDocument[]> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw unreadable(path, "cannot be read", cause);
  }
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents) || documents.length === 0) throw unreadable(path, "is empty");
  const versions = documents.map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw unreadable(path, `is no YAML: ${error.message.split("\n")[0]}`);
    const parsed = stagesDocument.safeParse(plain(document, path));
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw unreadable(path, `does not fit at ${issue?.path.join(".") || "the top"}: ${issue?.message}`);
    }
    refuseAmbiguous(parsed.data, path);
    return parsed.data;
  });
  const twice = firstRepeated(versions.map(({ version }) => version ?? 1));
  if (twice !== undefined) throw unreadable(path, `has two documents of version ${twice}`);
  return versions;
}

function plain(document: Document.Parsed, path: string): unknown {
  try {
    return document.toJS();
  } catch (cause) {
    // An alias without its anchor shows only here.
    throw unreadable(path, `is no YAML: ${cause instanceof Error ? cause.message : "unreadable"}`, cause);
  }
}

/** Reports know stages by their names, and an item can only finish in a stage of kind done. */
function refuseAmbiguous({ stages }: StagesDocument, path: string): void {
  const twice = firstRepeated([...stages.map((stage) => stage.name), UNMAPPED_NAME]);
  if (twice === UNMAPPED_NAME) throw unreadable(path, `names a stage "${UNMAPPED_NAME}", which is taken`);
  if (twice !== undefined) throw unreadable(path, `names two stages "${twice}"`);
  if (!stages.some((stage) => stage.kind === "done")) throw unreadable(path, "has no stage of kind done");
}

function firstRepeated<T>(values: readonly T[]): T | undefined {
  return values.find((value, position) => values.indexOf(value) < position);
}

function unreadable(path: string, why: string, cause?: unknown): StageledgerError {
  return new StageledgerError("STAGES_UNREADABLE", `The stages file ${path} ${why}.`, {
    next: "`stageledger analyse --help stages` shows the form of the file.",
    cause,
  });
}
