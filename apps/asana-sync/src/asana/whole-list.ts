/** Lists that come in pages. */
import { StageledgerError } from "@stageledger/core";
import { wrongShape } from "./asana-error.ts";
import type { Page } from "./gateway.ts";

/** Asana forgets the place in a list after some time: how often a list is begun anew before that is an error. */
const BEGINNINGS = 3;

/**
 * All rows. When the place in it expires on the way, it is read again from the beginning: what was read before is dropped, since
 * the list may have changed.
 *
 * @param call names the list in errors
 * @throws StageledgerError ASANA_OFFSET_EXPIRED after three beginnings, ASANA_WRONG_SHAPE when an offset comes twice: going on
 * would loop; and what the page throws
 */
export async function readWholeList<T>(
  call: string,
  readPage: (offset: string | undefined) => Promise<Page<T>>,
): Promise<readonly T[]> {
  for (let beginning = 1; ; beginning += 1) {
    try {
      return await readOnce(call, readPage);
    } catch (error) {
      const isExpired = error instanceof StageledgerError && error.code === "ASANA_OFFSET_EXPIRED";
      if (!isExpired || beginning === BEGINNINGS) throw error;
    }
  }
}

async function readOnce<T>(call: string, readPage: (offset: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const rows: T[] = [];
  const seen = new Set<string>();
  let offset: string | undefined;
  do {
    const page = await readPage(offset);
    for (const row of page.rows) rows.push(row);
    offset = page.nextOffset;
    if (offset !== undefined && seen.has(offset)) throw wrongShape(call, "next_page.offset (the same twice)");
    if (offset !== undefined) seen.add(offset);
  } while (offset !== undefined);
  return rows;
}
