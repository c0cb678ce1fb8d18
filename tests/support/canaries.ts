/** Texts that must not come out again. Each stands for one place where a vendor can name or quote a person. */
export class Canaries {
  readonly #placeByText = new Map<string, string>();
  readonly #prefix: string;

  /** @param prefix in small letters; of a text that is looked for in large files, one that stands in none by chance */
  constructor(prefix = "zq") {
    this.#prefix = prefix;
  }

  /** A text for this place, the same each time. */
  plant(place: string): string {
    const known = [...this.#placeByText].find(([, planted]) => planted === place);
    if (known !== undefined) return known[0];
    // Short, so that it also shows where an error quotes no more than a few characters.
    const text = `${this.#prefix}${String(this.#placeByText.size + 1).padStart(3, "0")}`;
    this.#placeByText.set(text, place);
    return text;
  }

  get places(): readonly string[] {
    return [...this.#placeByText.values()];
  }

  /** Places whose text stands in this one, in any case of letters. */
  foundIn(text: string): string[] {
    const lower = text.toLowerCase();
    return [...this.#placeByText].filter(([planted]) => lower.includes(planted)).map(([, place]) => place);
  }
}
