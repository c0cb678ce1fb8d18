/** Somebody who has a keyboard only. Each key is counted: Tab, Shift and Tab as one, Enter, and each letter. */
import type { Drawn, ForgeHost } from "./forge-host.ts";

/** What Tab stops at, in the order in which it is drawn. */
const STOPS: ReadonlySet<string> = new Set([
  "Button",
  "LoadingButton",
  "Pressable",
  "Textfield",
  "TextArea",
  "Select",
  "DatePicker",
  "Checkbox",
  "Toggle",
  "Link",
]);

export class Keyboard {
  keys = 0;
  readonly #page: ForgeHost;
  /** The key of the node that has the focus; undefined = before the first one. */
  #focus: string | undefined;

  constructor(page: ForgeHost) {
    this.#page = page;
  }

  /** The testId of what has the focus; undefined where nothing of the page has. */
  focused(): unknown {
    return this.#stops().find(({ key }) => key === this.#focus)?.props.testId;
  }

  /** As few times as are needed, in either direction. */
  tabTo(testId: string): void {
    const stops = this.#stops();
    const to = stops.findIndex(({ props }) => props.testId === testId);
    if (to < 0) throw new Error(`Tab does not stop at ${testId}.`);
    this.keys += Math.abs(to - stops.findIndex(({ key }) => key === this.#focus));
    this.#focus = stops[to]?.key;
  }

  async type(text: string): Promise<void> {
    this.keys += text.length;
    await this.#page.type(this.#testId(), text);
  }

  /** Presses the button that has the focus, or sends the form of the field that has it. */
  async enter(): Promise<void> {
    this.keys += 1;
    const before = new Set(this.#stops().map(({ key }) => key));
    const testId = this.#testId();
    if (this.#page.get(testId).type === "Textfield") await this.#page.enter(testId);
    else await this.#page.click(testId);
    const appeared = this.#stops().filter(({ key }) => !before.has(key));
    const taker = appeared.findLast(({ props }) => props.autoFocus === true);
    if (taker !== undefined) this.#focus = taker.key;
    else if (this.focused() === undefined) this.#focus = undefined;
  }

  #testId(): string {
    const testId = this.focused();
    if (typeof testId !== "string") throw new Error("Nothing has the focus.");
    return testId;
  }

  #stops(): readonly Drawn[] {
    return this.#page.all(({ type, props }) => STOPS.has(type) && props.isDisabled !== true);
  }
}
