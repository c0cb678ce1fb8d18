/** Why time is tracked here, shown where it is logged. */
import { z } from "zod";

export const purpose = z.strictObject({ version: z.int().min(1), text: z.string() });
