/** Accounts of one person in two tools, joined by whoever has proved both: a code from the one is typed into the other. */
import { z } from "zod";
import { instant } from "./values.ts";

/** Shown once: the ledger keeps no more than its hash. It joins once, and until it expires. */
export const linkCode = z.strictObject({ code: z.string(), expiresAt: instant });

/** As it was shown, or without what stands between its groups. */
export const redeemRequest = z.strictObject({ code: z.string().regex(/^[0-9A-Za-z -]{16,40}$/u) });

/** How many other accounts of mine there are. Which ones, nobody is told. */
export const links = z.strictObject({ others: z.int().min(0) });
