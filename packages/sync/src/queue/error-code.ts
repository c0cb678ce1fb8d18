const CODE = /^[A-Z][A-Z0-9_]{1,39}$/;

/**
 * What may be written down of any error: its code (ours, Node's or Redis's), never its text, which can quote anything.
 * UNEXPECTED when it has none.
 */
export function errorCodeOf(error: unknown): string {
  if (!(error instanceof Error)) return "UNEXPECTED";
  const named = "code" in error ? error.code : redisCodeOf(error);
  return typeof named === "string" && CODE.test(named) ? named : "UNEXPECTED";
}

/** Redis begins its refusals with a word: WRONGPASS, NOAUTH, OOM, READONLY. */
function redisCodeOf({ name, message }: Error): string | undefined {
  return name === "ReplyError" ? message.split(" ", 1)[0] : undefined;
}
