/**
 * Schemas are read step by step: the page's policy forbids code that is made at run time, and zod tries whether it may as soon as the
 * first schema is made. So this comes before all that has schemas.
 */
import { z } from "zod";

z.config({ jitless: true });
