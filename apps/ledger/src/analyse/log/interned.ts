/** Texts that repeat a million times, each kept once and known by its number. */
export class Interned {
  readonly #texts: string[] = [];
  readonly #numberByText = new Map<string, number>();

  numberOf(text: string): number {
    let number = this.#numberByText.get(text);
    if (number === undefined) {
      number = this.#texts.push(text) - 1;
      this.#numberByText.set(text, number);
    }
    return number;
  }

  textOf(number: number): string {
    const text = this.#texts[number];
    if (text === undefined) throw new RangeError(`No text has number ${number}`);
    return text;
  }
}
