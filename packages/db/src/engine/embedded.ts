/** The embedded engine: PostgreSQL as a library, on a folder of its own, in exactly one process. */
import { PGlite } from "@electric-sql/pglite";
import { Kysely, PGliteDialect } from "kysely";
import type { Schema } from "../schema.ts";
import { lockDataFolder } from "./data-folder-lock.ts";
import type { EmbeddedDatabase } from "./database.ts";
import { parseDate, parseInt8, TYPE } from "./values.ts";

/** @throws StageledgerError DATABASE_IN_USE */
export async function openEmbedded(folder: string): Promise<EmbeddedDatabase> {
  const lock = await lockDataFolder(folder);
  try {
    const pglite = await PGlite.create({
      dataDir: `file://${folder}/postgres`,
      parsers: { [TYPE.int8]: parseInt8, [TYPE.date]: parseDate },
    });
    return embeddedDatabase(pglite, lock.release);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function embeddedDatabase(pglite: PGlite, afterwards: () => void): EmbeddedDatabase {
  const kysely = new Kysely<Schema>({ dialect: new PGliteDialect({ pglite }) });
  return {
    kind: "embedded",
    kysely,
    close: async () => {
      // Kysely closes only what it has used.
      await kysely.destroy();
      if (!pglite.closed) await pglite.close();
      afterwards();
    },
  };
}
