/** What the panel's API says things in. Everything has bounds; text is whole characters that a screen can show on one line. */
import { z } from "zod";
import { ACTIVITIES } from "../ledger/activity.ts";
import { DAY_MINUTES } from "./duration.ts";

const MOST_NAME_CHARACTERS = 200;
const MOST_WORDS_CHARACTERS = 500;

/**
 * Neither control characters nor halves of a character, which a database refuses, nor what makes a text look like another:
 * marks that turn the direction of what stands behind them, and characters without width. Those that join letters or emoji, or
 * keep them apart, are part of how words are written.
 */
const shown = (most: number): z.ZodString =>
  z
    .string()
    .regex(new RegExp(`^[^\\p{Cc}\\p{Cs}\\u200b\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff]{1,${most}}$`, "u"));

/** Of a stage or project. */
export const name = shown(MOST_NAME_CHARACTERS);
export const words = shown(MOST_WORDS_CHARACTERS);

/** An item's id in the ledger, with its source in front: `jira:10088`. */
export const itemId = z.string().regex(/^[a-z]{1,20}:[0-9A-Za-z:_-]{1,100}$/u);
export const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u)
  .meta({ description: "A UUID in lower case" });

/** A local date as entered, such as 2026-09-07; whether the calendar has it is for the ledger to say. */
export const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u);
/** An ISO week, such as 2026-W37. */
export const week = z.string().regex(/^\d{4}-W\d{2}$/u);
/** Epoch milliseconds. */
export const instant = z.int().min(0);

export const minutes = z.int().min(1).max(DAY_MINUTES);
export const activity = z.enum(ACTIVITIES);
/** Which of its revisions holds: whoever changes an entry says which one they saw. */
export const revision = z.int().min(1);

/** Where nothing is to be said. */
export const nothing = z.strictObject({});
/** Where Forge itself calls: nobody documents what it says, and it does not matter. */
export const anything = z.unknown();
