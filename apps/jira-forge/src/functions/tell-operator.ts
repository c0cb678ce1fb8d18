/** A line that `forge logs` shows. Codes and figures only: nothing that an event or an answer says. */
export function tellOperator(what: string, codes: Readonly<Record<string, string | number | undefined>>): void {
  // biome-ignore lint/suspicious/noConsole: what a function writes here is Forge's log.
  console.warn(JSON.stringify({ what, ...codes }));
}
