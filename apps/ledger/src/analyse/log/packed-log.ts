/**
 * All facts of a log in little memory: about a hundred bytes an issue instead of the kilobytes
 * that objects take, so that half a million issues fit beside the parser. Facts of one item may
 * come in any number of parts (pages, files, repeated exports); reading puts them together again.
 */
import { believed, type ItemFacts, type ItemPart } from "@stageledger/core";
import { BytePages, RecordReader, RecordWriter } from "./byte-pages.ts";
import { ItemIndex } from "./item-index.ts";
import { type Gathered, PartCodec } from "./part-codec.ts";

export class PackedLog {
  readonly #items = new ItemIndex();
  readonly #codec = new PartCodec();
  readonly #pages = new BytePages();
  readonly #writer = new RecordWriter();
  readonly #reader = new RecordReader();

  /** Adds a part; returns true when the item was known already. */
  add(part: ItemPart): boolean {
    const item = this.#items.numberOf(part.id);
    const previous = this.#items.addressOf(item);
    this.#writer.reset();
    // Each record points to the one before it, so an item of many parts needs no list of its own.
    this.#writer.unsigned(previous === undefined ? 0 : previous + 1);
    this.#codec.write(part, this.#writer);
    this.#items.setAddress(item, this.#pages.append(this.#writer.written));
    return previous !== undefined;
  }

  get size(): number {
    return this.#items.size;
  }

  /** Facts of one item, by its number from 0 in order of appearance. */
  item(number: number): ItemFacts {
    const gathered: Gathered = {
      createdAt: Number.POSITIVE_INFINITY,
      hasHistory: false,
      isTruncated: false,
      snapshots: [],
      changes: [],
      blocks: [],
      otherActivity: [],
    };
    let address = this.#items.addressOf(number);
    while (address !== undefined) {
      this.#pages.read(address, this.#reader);
      const previous = this.#reader.unsigned();
      this.#codec.read(this.#reader, gathered);
      address = previous === 0 ? undefined : previous - 1;
    }
    const id = this.#items.idOf(number);
    const { snapshots, ...facts } = gathered;
    const snapshot = snapshots.length < 2 ? snapshots[0] : snapshots.reduce(believed);
    return {
      id,
      key: snapshot?.key ?? id,
      project: snapshot?.project ?? "",
      currentStatus: snapshot?.currentStatus,
      resolution: snapshot?.resolution,
      isSubtask: snapshot?.isSubtask ?? false,
      parentId: snapshot?.parentId,
      ...facts,
    };
  }
}
