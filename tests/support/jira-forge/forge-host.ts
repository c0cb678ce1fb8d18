/** Stands for Jira's side of the bridge: takes what UI Kit code draws, and hands it clicks, keys and answers. */
import { z } from "zod";

/** One node of what was drawn. */
export interface Drawn {
  /** Of the node, for as long as it is there. */
  readonly key: string;
  readonly type: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly children: readonly Drawn[];
}

/** A call of the ledger, as the app made it. */
export interface RemoteCall {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface ForgeHostOptions {
  /** What Jira tells about where the app was opened. */
  readonly context: Readonly<Record<string, unknown>>;
  /** Forge's proxy: it adds the tokens. Where it rejects, the bridge says that the call failed. */
  readonly remote: (call: RemoteCall) => Promise<Response>;
  /** How the bridge tells a refusal of the ledger: nobody outside Atlassian knows. As any other answer, unless said. */
  readonly refusalsAre?: "answers" | "errors";
  /** Jira, asked as the user; unless given, asking it fails the test. */
  readonly jira?: (path: string, init: RequestInit) => Promise<Response>;
}

const QUIET_ROUNDS = 10;
const PATIENCE_MILLISECONDS = 20_000;
/** What can have the focus. */
const TAB_STOPS: ReadonlySet<string> = new Set([
  ...["Textfield", "TextArea", "Select", "DatePicker", "Checkbox", "Toggle"],
  ...["Button", "LoadingButton", "LinkButton", "Link", "Pressable"],
]);

const node = z.object({
  key: z.string().optional(),
  type: z.string(),
  props: z.record(z.string(), z.unknown()).nullish(),
  children: z.array(z.unknown()).nullish(),
});
const reconcile = z.object({ forgeDoc: z.unknown() });
const invocation = z.object({
  invokeType: z.literal("ui-remote-fetch"),
  method: z.string(),
  path: z.string(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.unknown().optional(),
});
const productCall = z.object({ restPath: z.string(), fetchRequestInit: z.looseObject({}).optional() });

let current: ForgeHost | undefined;

// @forge/bridge keeps the function that it finds at its import, for good: there is one, and it asks the host of the moment.
Object.assign(globalThis, {
  self: globalThis,
  __bridge: {
    callBridge: (command: string, data: unknown) => {
      if (current === undefined) throw new Error(`Nobody hears the bridge's "${command}".`);
      return current.answer(command, data);
    },
  },
});
// requestJira makes a `new Request("")`, which only a browser can resolve.
const NodeRequest = globalThis.Request;
globalThis.Request = class extends NodeRequest {
  constructor(input: string | URL | Request, init?: RequestInit) {
    super(input === "" ? "http://forge.invalid/" : input, init);
  }
};

export class ForgeHost {
  /** How often the whole tree came over the bridge. */
  commits = 0;
  keystrokes = 0;
  clicks = 0;
  readonly calls: RemoteCall[] = [];
  readonly flags: unknown[] = [];
  readonly #options: ForgeHostOptions;
  /** What a person typed is the browser's, not the app's; by the field's key. */
  readonly #typed = new Map<string, string>();
  #tree: Drawn | undefined;
  #open = 0;
  #changes = 0;

  /** From now on it is this one that the app speaks with. */
  constructor(options: ForgeHostOptions) {
    this.#options = options;
    current = this;
  }

  async answer(command: string, data: unknown): Promise<unknown> {
    this.#changes += 1;
    switch (command) {
      case "reconcile":
        this.commits += 1;
        // The reconciler goes on changing the tree that it sent.
        this.#tree = snapshot(reconcile.parse(data).forgeDoc);
        return undefined;
      case "getContext":
        return structuredClone(this.#options.context);
      case "invoke":
        return this.#invoke(data);
      case "fetchProduct":
        return this.#fetchProduct(data);
      case "showFlag":
        this.flags.push(data);
        return true;
      case "on":
        return { unsubscribe: () => undefined };
      default:
        throw new Error(`Nobody stands for the bridge's "${command}".`);
    }
  }

  async #invoke(data: unknown): Promise<unknown> {
    // Only what JSON can say goes over the real bridge.
    const { invokeType: _, ...call } = invocation.parse(JSON.parse(JSON.stringify(data)));
    this.calls.push(call);
    this.#open += 1;
    try {
      const response = await this.#options.remote(call);
      const text = await response.text();
      const headers = Object.fromEntries([...response.headers].map(([name, value]) => [name, [value]]));
      const told = { status: response.status, headers, body: bodyOf(text) };
      const isError = !response.ok && this.#options.refusalsAre === "errors";
      return isError ? { success: false, error: told } : { success: true, payload: told };
    } catch {
      return { success: false, error: { message: "The call failed.", name: "InvokeRemoteError" } };
    } finally {
      this.#open -= 1;
      this.#changes += 1;
    }
  }

  async #fetchProduct(data: unknown): Promise<unknown> {
    const { restPath, fetchRequestInit } = productCall.parse(data);
    const { jira } = this.#options;
    if (jira === undefined) throw new Error(`Jira is not expected to be asked for ${restPath}.`);
    this.#open += 1;
    try {
      const response = await jira(restPath, fetchRequestInit ?? {});
      const { status, statusText } = response;
      return { body: await response.text(), headers: Object.fromEntries(response.headers), status, statusText };
    } finally {
      this.#open -= 1;
      this.#changes += 1;
    }
  }

  /** Until nothing is asked and nothing is drawn any more. */
  async settle(): Promise<void> {
    await this.#quiet(() => this.#open > 0);
  }

  /** Until nothing is drawn any more; whatever is asked may still be open. */
  async drawn(): Promise<void> {
    await this.#quiet(() => false);
  }

  /** React's scheduler runs on setImmediate here: rounds of it are counted, because milliseconds pass while a busy machine does nothing. */
  async #quiet(isWaiting: () => boolean): Promise<void> {
    const until = performance.now() + PATIENCE_MILLISECONDS;
    for (let quiet = 0; quiet < QUIET_ROUNDS; ) {
      const before = this.#changes;
      await new Promise((resolve) => setImmediate(resolve));
      quiet = isWaiting() || this.#changes !== before ? 0 : quiet + 1;
      if (performance.now() > until) throw new Error(`It does not settle: ${this.text()}`);
    }
  }

  tree(): Drawn {
    if (this.#tree === undefined) throw new Error("Nothing was drawn.");
    return this.#tree;
  }

  /** With what was typed, as a person sees it. */
  shown(): Drawn {
    return this.#withTyped(this.tree());
  }

  /** What stands in a field. */
  valueOf(testId: string): unknown {
    const { props } = this.#withTyped(this.get(testId));
    return props.value ?? props.defaultValue;
  }

  #withTyped(from: Drawn): Drawn {
    const typed = this.#typed.get(from.key);
    const props = typed === undefined ? from.props : { ...from.props, value: typed };
    return { ...from, props, children: from.children.map((child) => this.#withTyped(child)) };
  }

  all(match: (node: Drawn) => boolean): readonly Drawn[] {
    return within(this.tree(), match);
  }

  /** By testId, or by the beginning of one that ends in `*`. */
  findAll(testId: string): readonly Drawn[] {
    const isMatch = testId.endsWith("*")
      ? (id: unknown) => typeof id === "string" && id.startsWith(testId.slice(0, -1))
      : (id: unknown) => id === testId;
    return this.all(({ props }) => isMatch(props.testId));
  }

  find(testId: string): Drawn | undefined {
    return this.findAll(testId)[0];
  }

  get(testId: string): Drawn {
    const found = this.find(testId);
    if (found === undefined) throw new Error(`Nothing with testId ${testId} in: ${this.text()}`);
    return found;
  }

  /** What it stands in. */
  parentOf(testId: string): Drawn {
    const { key } = this.get(testId);
    const [parent] = this.all(({ children }) => children.some((child) => child.key === key));
    if (parent === undefined) throw new Error(`${testId} stands in nothing.`);
    return parent;
  }

  /** What can be read, in order. */
  text(of: Drawn | string = this.tree()): string {
    const from = typeof of === "string" ? this.get(of) : of;
    return within(from, ({ type }) => type === "String" || type === "SectionMessage")
      .map(({ props }) => String(props.text ?? props.title ?? ""))
      .filter((one) => one !== "")
      .join(" | ");
  }

  /** All that went to Jira in words and figures, seen or not; without ids, in which any two digits can stand. */
  said(): string {
    const isId = new Set(["key", "testId", "id", "inputId", "labelFor"]);
    return this.all(() => true)
      .flatMap(({ props }) => Object.entries(props).filter(([name]) => !isId.has(name)))
      .map(([, value]) => JSON.stringify(value))
      .join("\n");
  }

  /** What a screen reader calls it: its label's text, or what stands in it, pictures by their labels. */
  nameOf(testId: string): string {
    const of = this.get(testId);
    const id = of.props.inputId ?? of.props.id;
    const label = id === undefined ? undefined : this.all(({ props }) => props.labelFor === id)[0];
    return textsIn(label ?? of).join(" ");
  }

  /** Key by key, over what stands there; each key draws anew. */
  async type(testId: string, text: string): Promise<void> {
    for (let length = 1; length <= text.length; length += 1) {
      this.keystrokes += 1;
      const { key, props } = this.#enabled(testId);
      const value = text.slice(0, length);
      this.#typed.set(key, value);
      const target = { type: "text", name: props.name, value };
      call(props.onChange, { type: "change", target });
      await this.drawn();
    }
  }

  /**
   * Presses Tab: what it leaves hears that, and what comes next has the focus. Within a group of tabs the arrow keys go, so that
   * those are left out.
   *
   * @returns the testId of what comes next
   */
  async tab(testId: string): Promise<string> {
    this.keystrokes += 1;
    const { props } = this.get(testId);
    if (props.onBlur !== undefined) call(props.onBlur, { type: "blur", target: {} });
    await this.settle();
    const stops = this.all(({ type, props: of }) => TAB_STOPS.has(type) && of.isDisabled !== true);
    const next = stops[stops.findIndex((one) => one.props.testId === testId) + 1];
    return String(next?.props.testId);
  }

  /** Presses Enter in a field, and does not wait for what it asks. Only a form around the field hears it. */
  async press(testId: string): Promise<void> {
    this.keystrokes += 1;
    this.#submit(testId);
    await this.drawn();
  }

  async enter(testId: string): Promise<void> {
    await this.press(testId);
    await this.settle();
  }

  async click(testId: string): Promise<void> {
    await this.clickOnly(testId);
    await this.settle();
  }

  /** Clicks, and does not wait for what is asked by it. */
  async clickOnly(testId: string): Promise<void> {
    this.clicks += 1;
    const { props } = this.#enabled(testId);
    if (props.type === "submit") this.#submit(testId);
    else call(props.onClick, { type: "click", target: {} });
    await this.drawn();
  }

  /** Turns a Toggle, or ticks a Checkbox. */
  async toggle(testId: string): Promise<void> {
    this.clicks += 1;
    const { props } = this.#enabled(testId);
    call(props.onChange, { type: "change", target: { type: "checkbox", checked: props.isChecked !== true } });
    await this.settle();
  }

  /** An option of a Select by what it says. */
  async choose(testId: string, label: string): Promise<void> {
    const { props } = this.#enabled(testId);
    const options = z.array(z.object({ label: z.string(), value: z.string() })).parse(props.options);
    const option = options.find((one) => one.label === label);
    if (option === undefined) throw new Error(`${testId} has no ${label}, but ${options.map((one) => one.label)}.`);
    call(props.onChange, option, { action: "select-option" });
    await this.settle();
  }

  /** @param id of the Tabs @param index of the tab */
  async openTab(id: string, index: number): Promise<void> {
    const tabs = this.all(({ type, props }) => type === "Tabs" && String(props.id).endsWith(`-${id}`))[0];
    if (tabs === undefined) throw new Error(`There are no tabs ${id}.`);
    call(tabs.props.onChange, index);
    await this.settle();
  }

  /** In a Select that takes several. */
  async chooseSeveral(testId: string, labels: readonly string[]): Promise<void> {
    const { props } = this.#enabled(testId);
    const options = z.array(z.object({ label: z.string(), value: z.string() })).parse(props.options);
    const chosen = options.filter(({ label }) => labels.includes(label));
    call(props.onChange, chosen, { action: "select-option" });
    await this.settle();
  }

  /** @param date as `2026-09-08` */
  async pickDate(testId: string, date: string): Promise<void> {
    call(this.#enabled(testId).props.onChange, date);
    await this.settle();
  }

  #submit(testId: string): void {
    const form = this.all(({ type }) => type === "Form").findLast((one) => holds(one, testId));
    if (form === undefined) throw new Error(`Nobody hears Enter in ${testId}: there is no form around it.`);
    const [button] = within(form, ({ type, props }) => type.endsWith("Button") && props.type === "submit");
    if (button === undefined) throw new Error(`Nobody hears Enter in ${testId}: its form has no button that submits.`);
    if (button.props.isDisabled !== true) call(form.props.onSubmit);
  }

  #enabled(testId: string): Drawn {
    const found = this.get(testId);
    if (found.props.isDisabled === true) throw new Error(`${testId} is disabled.`);
    return found;
  }
}

function within(from: Drawn, match: (node: Drawn) => boolean): readonly Drawn[] {
  return [...(match(from) ? [from] : []), ...from.children.flatMap((child) => within(child, match))];
}

function holds(from: Drawn, testId: string): boolean {
  return within(from, ({ props }) => props.testId === testId).length > 0;
}

function textsIn(from: Drawn): readonly string[] {
  return within(from, ({ type }) => type === "String" || type === "Icon").map(({ props }) =>
    String(props.text ?? props.label),
  );
}

function snapshot(drawn: unknown): Drawn {
  const { key = "", type, props, children } = node.parse(drawn);
  return { key, type, props: { ...props }, children: (children ?? []).map(snapshot) };
}

function bodyOf(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function call(handler: unknown, ...args: readonly unknown[]): void {
  if (typeof handler !== "function") throw new Error("Nobody hears that.");
  handler(...args);
}
