import { resolve } from "node:path";

/** Absolute path of the checkout that the tests run in. */
export const projectRoot = resolve(import.meta.dirname, "../..");
