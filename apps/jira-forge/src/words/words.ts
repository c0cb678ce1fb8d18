import { createContext, useContext } from "react";
import { english, type Words } from "./english.ts";

const WORDS_BY_LANGUAGE: ReadonlyMap<string, Words> = new Map([["en", english]]);
const LANGUAGE_CHARACTERS = 2;

/** English for languages that nobody has translated to. @param locale as Jira says it, such as `de_DE` */
export function wordsFor(locale: string): Words {
  return WORDS_BY_LANGUAGE.get(locale.slice(0, LANGUAGE_CHARACTERS)) ?? english;
}

export const WordsContext = createContext<Words>(english);

export function useWords(): Words {
  return useContext(WordsContext);
}
