/** Colours, spaces and type of what is painted: Atlassian's own tokens, as the app's packages bring them. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { z } from "zod";
import { appFolder } from "./app-folder.ts";

const THEMES = ["atlassian-light", "atlassian-dark", "atlassian-spacing", "atlassian-shape", "atlassian-typography"];

const require = createRequire(join(appFolder, "package.json"));

function artifact(name: string): unknown {
  return z.object({ default: z.unknown() }).parse(require(`@atlaskit/tokens/dist/cjs/artifacts/${name}.js`)).default;
}

export function themeCss(): string {
  return THEMES.map((name) => z.string().parse(artifact(`themes/${name}`))).join("\n");
}

let names: Readonly<Record<string, string>> | undefined;

/** `space.100` as the variable that a theme sets. */
function token(name: unknown): string {
  names ??= z.record(z.string(), z.string()).parse(artifact("token-names"));
  const known = typeof name === "string" ? names[name] : undefined;
  return known === undefined ? String(name) : `var(${known})`;
}

export function escaped(text: unknown): string {
  return String(text ?? "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll('"', "&quot;");
}

export function css(rules: Readonly<Record<string, unknown>>): string {
  return Object.entries(rules)
    .filter(([, value]) => value !== undefined && typeof value !== "object")
    .map(([name, value]) => `${name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}:${token(value)}`)
    .join(";");
}
