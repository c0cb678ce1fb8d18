import { name, words } from "@stageledger/core/contract/values";
import { describe, expect, test } from "vitest";

describe.each([
  ["a name", name],
  ["words", words],
] as const)("%s", (_what, schema) => {
  test.each([
    ["a space without width", "Re\u200bview"],
    ["a joiner that keeps words on one line", "Re\u2060view"],
    ["a mark of byte order", "\ufeffReview"],
    ["a mark that turns the direction", "Re\u202eview"],
    ["an isolate", "Re\u2066view"],
    ["a line break", "Re\nview"],
    ["half a character", "Re\ud83dview"],
  ])("with %s is refused: it looks like another, or cannot be kept", (_mark, text) => {
    expect(schema.safeParse(text).success).toBe(false);
  });

  test.each(["Review", "Prüfung 2", "审查", "می\u200cخواهم", "\u{1f469}\u200d\u{1f4bb} Build"])("may be %j", (text) => {
    expect(schema.parse(text)).toBe(text);
  });
});
