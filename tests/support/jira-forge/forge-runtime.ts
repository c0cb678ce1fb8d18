/**
 * Stands for Forge as the app's functions see it: events call triggers, a queue keeps what they push, its consumer is called, and
 * what they send leaves through one global. Which function is whose is read in the manifest.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { onTestFinished, vi } from "vitest";
import { z } from "zod";
import { appFolder } from "./app-folder.ts";
import { type Manifest, parseManifest, readManifestText } from "./manifest.ts";

const HOST = "__forge_fetch__";
/** Of the same call; then Forge lets it go. */
const MOST_RETRIES = 4;

/** A call of a function to the remote. */
interface RemoteCall {
  /** The kind of module that Forge called the function for, such as `trigger`. */
  readonly from: string;
  readonly remote: string;
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** That the function gives up by. */
  readonly signal: AbortSignal | undefined;
}

export interface ForgeRuntime {
  /** What lies in the queue, as it was pushed: each push one list of events, as text. */
  readonly pushes: string[];
  readonly calls: RemoteCall[];
  /** What the functions wrote for whoever runs the app. */
  readonly lines: string[];
  /** After how many seconds each function wanted to be called again. */
  readonly waits: number[];
  /** What the queue answers: 201 unless said. */
  queueStatus: number;
  /** The remote; answers 200 unless said. Throws where it cannot be reached. */
  answer: (call: RemoteCall) => Promise<Response>;
  /** An event: its triggers are called, as often as they ask for. */
  happen(event: object): Promise<void>;
  /** The consumer is called for all that lies in the queue, as often as it asks for. @returns how many calls */
  deliver(): Promise<number>;
  /** Puts something into the queue as if a trigger of an earlier version had. */
  leaveInQueue(body: object): Promise<void>;
  /** The app is about to be uninstalled. */
  uninstall(): Promise<void>;
}

const kind = z.discriminatedUnion("type", [
  z.object({ type: z.literal("fpp"), provider: z.literal("app"), remote: z.literal("stargate") }),
  z.object({ type: z.literal("frc"), remote: z.string() }),
]);
const sent = z.object({
  method: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
  signal: z.instanceof(AbortSignal).optional(),
});
const push = z.object({
  queueName: z.string(),
  jobId: z.string(),
  payload: z.array(z.looseObject({ body: z.looseObject({}) })),
});
const again = z.object({
  _retry: z.literal(true),
  retryOptions: z.object({ retryAfter: z.int().min(1).max(900), retryReason: z.string() }),
});
const handlers = z.record(
  z.string(),
  z.custom<(event: unknown) => Promise<unknown>>((it) => typeof it === "function"),
);

/** Until the test ends. */
export function aForgeRuntime(): ForgeRuntime {
  const manifest = parseManifest(readManifestText());
  const waiting: { readonly queue: string; readonly jobId: string; readonly body: unknown }[] = [];
  let from = "nothing";
  const warn = vi.spyOn(console, "warn").mockImplementation((line) => void runtime.lines.push(String(line)));

  async function leave(how: unknown, path: unknown, init: unknown): Promise<Response> {
    const told = kind.parse(how);
    const { method, headers, body, signal } = sent.parse(init);
    if (told.type === "frc") {
      const call = { from, remote: told.remote, path: z.string().parse(path), method, headers, body, signal };
      runtime.calls.push(call);
      return runtime.answer(call);
    }
    if (runtime.queueStatus !== 201) return new Response("{}", { status: runtime.queueStatus });
    const { queueName: queue, jobId, payload } = push.parse(JSON.parse(body));
    runtime.pushes.push(body);
    waiting.push(...payload.map((event) => ({ queue, jobId, body: event.body })));
    return new Response(undefined, { status: 201 });
  }

  /** Calls a function, and again where it asks for that. */
  async function call(by: string, key: string, event: object): Promise<number> {
    for (let tries = 0; ; tries += 1) {
      from = by;
      const retryContext = { retryCount: tries, retryReason: "FUNCTION_RETRY_REQUEST", retryData: null };
      const answer = await (await handlerOf(manifest, key))(tries === 0 ? event : { ...event, retryContext });
      const asked = again.safeParse(answer);
      if (!asked.success) return tries + 1;
      runtime.waits.push(asked.data.retryOptions.retryAfter);
      if (tries >= MOST_RETRIES) return tries + 1;
    }
  }

  const runtime: ForgeRuntime = {
    pushes: [],
    calls: [],
    lines: [],
    waits: [],
    queueStatus: 201,
    answer: async () => new Response("{}", { status: 200 }),
    happen: async (event) => {
      const { eventType } = z.looseObject({ eventType: z.string() }).parse(event);
      const heard = manifest.modules.trigger.filter(({ events }) => events.includes(eventType));
      for (const { function: key } of heard) await call("trigger", key, event);
    },
    deliver: async () => {
      let calls = 0;
      for (const { queue, jobId, body } of waiting.splice(0)) {
        for (const consumer of manifest.modules.consumer.filter((one) => one.queue === queue)) {
          calls += await call("consumer", consumer.function, { queueName: queue, jobId, eventId: `${jobId}#0`, body });
        }
      }
      return calls;
    },
    leaveInQueue: async (body) => {
      for (const { queue } of manifest.modules.consumer) waiting.push({ queue, jobId: "earlier", body });
    },
    uninstall: async () => {
      for (const { function: key } of manifest.modules.preUninstall) await call("preUninstall", key, {});
    },
  };
  vi.stubGlobal(HOST, leave);
  onTestFinished(() => {
    warn.mockRestore();
    vi.unstubAllGlobals();
  });
  return runtime;
}

/** The app's packages are not the root's: what the root's TypeScript would not find is imported by its path. */
async function handlerOf({ modules }: Manifest, key: string): Promise<(event: unknown) => Promise<unknown>> {
  const [file, name = ""] = modules.function.find((one) => one.key === key)?.handler.split(".") ?? [];
  const exported = handlers.parse(await import(pathToFileURL(join(appFolder, `src/${file}.ts`)).href));
  const handler = exported[name];
  if (handler === undefined) throw new Error(`There is no function ${key}.`);
  return handler;
}
