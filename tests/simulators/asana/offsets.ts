/** Opaque page offsets. One belongs to the list that it continues, may be used again, and is not understood for ever. */
export class Offsets {
  readonly #places = new Map<string, { readonly list: string; readonly after: string; readonly givenAt: number }>();
  readonly #now: () => number;
  readonly #lifetimeMilliseconds: () => number;

  constructor(now: () => number, lifetimeMilliseconds: () => number) {
    this.#now = now;
    this.#lifetimeMilliseconds = lifetimeMilliseconds;
  }

  /** @param after gid of the last row of the page that was given */
  give(list: string, after: string): string {
    const offset = `eyJ${Buffer.from(`${this.#places.size}:${after}`).toString("base64url")}`;
    this.#places.set(offset, { list, after, givenAt: this.#now() });
    return offset;
  }

  /** The gid to go on after; undefined when the offset is unknown, of another list or too old. */
  find(list: string, offset: string): string | undefined {
    const place = this.#places.get(offset);
    if (place === undefined || place.list !== list) return undefined;
    return this.#now() - place.givenAt < this.#lifetimeMilliseconds() ? place.after : undefined;
  }
}
