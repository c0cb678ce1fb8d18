/** What this app says of its work: names of events, ids, codes and counts. Nobody's name, text or address. */
export type Log = (event: string, details: Readonly<Record<string, string | number | boolean | undefined>>) => void;
