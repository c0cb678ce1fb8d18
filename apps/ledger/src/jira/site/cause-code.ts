/** The system's short name for the trouble (ECONNREFUSED); its messages can quote more of the request than we show. */
export function causeCode(cause: unknown): string {
  for (let at = cause; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string") return at.code;
  }
  return "the connection broke off";
}
