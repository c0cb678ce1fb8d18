/** Control characters, and those that turn the direction of writing. */
const HARMFUL = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
const ESCAPE = String.fromCodePoint(0x1b);
const COLOUR_OR_HARMFUL = new RegExp(`${ESCAPE}\\[\\d{1,2}m|${HARMFUL.source}`, "gu");

/** Names come from outside: without these characters a terminal cannot take one for a command. Keeps line breaks. */
export function harmless(text: string): string {
  return text.replace(HARMFUL, keepBreak);
}

/** The same for a text that we coloured ourselves: a name can at worst bring a colour. */
export function harmlessInColour(text: string): string {
  return text.replace(COLOUR_OR_HARMFUL, (found) => (found.length > 1 ? found : keepBreak(found)));
}

function keepBreak(character: string): string {
  return character === "\n" ? character : "";
}
