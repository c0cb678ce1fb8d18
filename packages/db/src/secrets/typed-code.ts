/** Codes that people read off one screen and type in at another. */
import type { RandomBytes } from "./master-key.ts";

/** Neither vowels, which could form a word, nor what looks like something else: I, L, O, U, 0, 1. */
const ALPHABET = "BCDFGHJKMNPQRSTVWXYZ23456789";

/** Each of its characters is one of 28, all as likely: 4.8 random bits. */
export function randomCharacters(count: number, random: RandomBytes): string {
  // Bytes from here on would make the first letters more frequent than the others.
  const even = 256 - (256 % ALPHABET.length);
  let characters = "";
  while (characters.length < count) {
    for (const byte of random(count)) if (byte < even) characters += ALPHABET.charAt(byte % ALPHABET.length);
  }
  return characters.slice(0, count);
}

/** As it is shown: groups of four characters. */
export function inGroups(characters: string): string {
  return characters.replaceAll(/.{4}(?=.)/gu, "$&-");
}

/** The characters of a code however it was typed: letters in either case, with or without what stands between its groups. */
export function bareCode(code: string): string {
  return code.toUpperCase().replaceAll(/[^0-9A-Z]/gu, "");
}
