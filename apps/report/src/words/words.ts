/** The page's words in the language that is shown. Another language is another file like english.ts. */
import { english } from "./english.ts";

export type Words = typeof english;

export const words: Words = english;
