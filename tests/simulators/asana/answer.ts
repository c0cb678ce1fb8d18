/** One answer of the fake; `json` undefined sends no body. */
export interface Answer {
  readonly status: number;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export function ok(json: unknown): Answer {
  return { status: 200, json };
}

/** An answer other than the one that was asked for, as Asana words it: `{errors: [{message}]}`. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly answer: Answer;

  constructor(status: number, message: string, more: { json?: object; headers?: Record<string, string> } = {}) {
    super(message);
    this.answer = { status, json: { errors: [{ message }], ...more.json }, headers: more.headers ?? {} };
  }
}

export const PAYMENT_REQUIRED = "Time tracking is not available on this plan. Please upgrade.";
