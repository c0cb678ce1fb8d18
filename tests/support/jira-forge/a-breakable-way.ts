import type { RemoteCall } from "./forge-host.ts";
import type { Send } from "./open-page.ts";

/** The way between the app and the ledger; whole until a test says what happens on it. */
export class BreakableWay {
  fault: ((call: RemoteCall, send: Send) => Promise<Response>) | undefined;

  readonly over = (send: Send): Send => {
    return (call) => (this.fault === undefined ? send(call) : this.fault(call, send));
  };

  /** From now on calls wait on the way. Returns what lets them go on. */
  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.fault = async (call, send) => {
      await promise;
      return send(call);
    };
    return resolve;
  }
}

export const offline = (): Promise<Response> => Promise.reject(new Error("There is no network."));

/** It was done, and nobody is told. */
export async function answerLost(call: RemoteCall, send: Send): Promise<Response> {
  await send(call);
  return offline();
}
