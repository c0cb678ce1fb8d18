/** Item parts as bytes and back. Texts are interned; instants and sequences are kept as differences. */
import type { BlockChange, ItemPart, ItemSnapshot, StageChange } from "@stageledger/core";
import type { RecordReader, RecordWriter } from "./byte-pages.ts";
import { Interned } from "./interned.ts";

const HAS_HISTORY = 1;
const IS_TRUNCATED = 2;
const HAS_SNAPSHOT = 4;
const HAS_MORE = 8;

const SAME_STATUS = 1;
const FIRST_IN_HISTORY = 2;

/** What a reader adds to, part by part. */
export interface Gathered {
  createdAt: number;
  hasHistory: boolean;
  isTruncated: boolean;
  readonly snapshots: ItemSnapshot[];
  readonly changes: StageChange[];
  readonly blocks: BlockChange[];
  readonly otherActivity: number[];
}

const KEY = /^(.*?)(0|[1-9]\d{0,14})$/s;

export class PartCodec {
  readonly #texts = new Interned();

  write(part: ItemPart, writer: RecordWriter): void {
    const hasMore = part.blocks.length > 0 || part.otherActivity.length > 0;
    writer.unsigned(
      (part.hasHistory ? HAS_HISTORY : 0) +
        (part.isTruncated ? IS_TRUNCATED : 0) +
        (part.snapshot === undefined ? 0 : HAS_SNAPSHOT) +
        (hasMore ? HAS_MORE : 0),
    );
    writer.signed(part.createdAt);
    if (part.snapshot !== undefined) this.#writeSnapshot(part.snapshot, part.createdAt, writer);
    this.#writeChanges(part, writer);
    if (hasMore) this.#writeMore(part, writer);
  }

  read(reader: RecordReader, into: Gathered): void {
    const flags = reader.unsigned();
    const createdAt = reader.signed();
    into.createdAt = Math.min(into.createdAt, createdAt);
    into.hasHistory ||= (flags & HAS_HISTORY) !== 0;
    into.isTruncated ||= (flags & IS_TRUNCATED) !== 0;
    if ((flags & HAS_SNAPSHOT) !== 0) into.snapshots.push(this.#readSnapshot(createdAt, reader));
    this.#readChanges(createdAt, reader, into.changes);
    if ((flags & HAS_MORE) !== 0) this.#readMore(createdAt, reader, into);
  }

  #writeSnapshot(snapshot: ItemSnapshot, createdAt: number, writer: RecordWriter): void {
    const key = KEY.exec(snapshot.key);
    writer.unsigned(this.#texts.numberOf(key?.[1] ?? snapshot.key));
    writer.unsigned(key === null ? 0 : Number(key[2]) + 1);
    writer.unsigned(this.#texts.numberOf(snapshot.project));
    writer.signed(snapshot.updatedAt - createdAt);
    this.#writeText(snapshot.currentStatus, writer);
    this.#writeText(snapshot.resolution, writer);
    writer.unsigned(snapshot.isSubtask ? 1 : 0);
    if (snapshot.isSubtask) this.#writeText(snapshot.parentId, writer);
  }

  #readSnapshot(createdAt: number, reader: RecordReader): ItemSnapshot {
    const prefix = this.#texts.textOf(reader.unsigned());
    const number = reader.unsigned();
    const project = this.#texts.textOf(reader.unsigned());
    const updatedAt = createdAt + reader.signed();
    const currentStatus = this.#readText(reader);
    const resolution = this.#readText(reader);
    const isSubtask = reader.unsigned() === 1;
    const parentId = isSubtask ? this.#readText(reader) : undefined;
    return {
      key: number === 0 ? prefix : `${prefix}${number - 1}`,
      project,
      updatedAt,
      currentStatus,
      resolution,
      isSubtask,
      parentId,
    };
  }

  #writeChanges({ changes, createdAt }: ItemPart, writer: RecordWriter): void {
    writer.unsigned(changes.length);
    let at = createdAt;
    let sequence = 0;
    let status: string | undefined;
    for (const change of changes) {
      const isSame = change.from === status;
      writer.unsigned(
        this.#texts.numberOf(change.to) * 4 + (isSame ? SAME_STATUS : 0) + (change.index === 0 ? FIRST_IN_HISTORY : 0),
      );
      if (!isSame) this.#writeText(change.from, writer);
      if (change.index !== 0) writer.unsigned(change.index);
      writer.signed(change.at - at);
      writer.signed(change.sequence - sequence);
      at = change.at;
      sequence = change.sequence;
      status = change.to;
    }
  }

  #readChanges(createdAt: number, reader: RecordReader, changes: StageChange[]): void {
    const length = reader.unsigned();
    let at = createdAt;
    let sequence = 0;
    let status: string | undefined;
    for (let i = 0; i < length; i += 1) {
      const token = reader.unsigned();
      const from = (token & SAME_STATUS) !== 0 ? status : this.#readText(reader);
      const index = (token & FIRST_IN_HISTORY) !== 0 ? 0 : reader.unsigned();
      at += reader.signed();
      sequence += reader.signed();
      status = this.#texts.textOf(Math.floor(token / 4));
      changes.push({ at, sequence, index, from, to: status });
    }
  }

  #writeMore({ blocks, otherActivity, createdAt }: ItemPart, writer: RecordWriter): void {
    writer.unsigned(blocks.length);
    for (const block of blocks) {
      writer.signed(block.at - createdAt);
      writer.signed(block.sequence);
      writer.unsigned(block.index);
      writer.unsigned((block.reason === "flag" ? 1 : 0) + (block.begins ? 2 : 0));
      writer.unsigned(this.#texts.numberOf(block.source));
    }
    writer.unsigned(otherActivity.length);
    for (const instant of otherActivity) writer.signed(instant - createdAt);
  }

  #readMore(createdAt: number, reader: RecordReader, into: Gathered): void {
    const blocks = reader.unsigned();
    for (let i = 0; i < blocks; i += 1) {
      const at = createdAt + reader.signed();
      const sequence = reader.signed();
      const index = reader.unsigned();
      const bits = reader.unsigned();
      const source = this.#texts.textOf(reader.unsigned());
      into.blocks.push({
        at,
        sequence,
        index,
        reason: (bits & 1) !== 0 ? "flag" : "link",
        begins: (bits & 2) !== 0,
        source,
      });
    }
    const others = reader.unsigned();
    for (let i = 0; i < others; i += 1) into.otherActivity.push(createdAt + reader.signed());
  }

  #writeText(text: string | undefined, writer: RecordWriter): void {
    writer.unsigned(text === undefined ? 0 : this.#texts.numberOf(text) + 1);
  }

  #readText(reader: RecordReader): string | undefined {
    const number = reader.unsigned();
    return number === 0 ? undefined : this.#texts.textOf(number - 1);
  }
}
