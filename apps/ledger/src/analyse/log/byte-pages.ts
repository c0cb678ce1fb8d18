/** An append-only store of small records in byte pages: no array ever grows by copying. */

const PAGE_BYTES = 1 << 20;

/** Writes integers up to ±2^53 as variable-length bytes, most values in one to five. */
export class RecordWriter {
  #bytes = new Uint8Array(4096);
  #length = 0;

  reset(): void {
    this.#length = 0;
  }

  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  unsigned(value: number): void {
    if (this.#length + 8 > this.#bytes.length) this.#grow();
    let rest = value;
    while (rest >= 128) {
      this.#bytes[this.#length++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#length++] = rest;
  }

  signed(value: number): void {
    this.unsigned(value < 0 ? -2 * value - 1 : 2 * value);
  }

  #grow(): void {
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

export class RecordReader {
  #page: Uint8Array = new Uint8Array(0);
  #at = 0;

  seek(page: Uint8Array, at: number): void {
    this.#page = page;
    this.#at = at;
  }

  unsigned(): number {
    const page = this.#page;
    let byte = page[this.#at++] ?? 0;
    if (byte < 128) return byte;
    let value = byte - 128;
    let scale = 128;
    do {
      byte = page[this.#at++] ?? 0;
      value += (byte & 127) * scale;
      scale *= 128;
    } while (byte >= 128);
    return value;
  }

  signed(): number {
    const value = this.unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}

/** Records lie in pages of 1 MiB (longer ones in a page of their own); an address is page × 2^20 + offset. */
export class BytePages {
  readonly #pages: Uint8Array[] = [];
  #current = -1;
  #used = PAGE_BYTES;

  append(record: Uint8Array): number {
    if (record.length > PAGE_BYTES) {
      this.#pages.push(record.slice());
      return (this.#pages.length - 1) * PAGE_BYTES;
    }
    if (this.#used + record.length > PAGE_BYTES) {
      this.#current = this.#pages.push(new Uint8Array(PAGE_BYTES)) - 1;
      this.#used = 0;
    }
    this.#pages[this.#current]?.set(record, this.#used);
    const address = this.#current * PAGE_BYTES + this.#used;
    this.#used += record.length;
    return address;
  }

  /** Points a reader at a record. */
  read(address: number, reader: RecordReader): void {
    const page = this.#pages[Math.floor(address / PAGE_BYTES)];
    if (page === undefined) throw new RangeError(`No record at ${address}`);
    reader.seek(page, address % PAGE_BYTES);
  }
}
