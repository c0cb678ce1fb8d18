/** What `npm start` takes from its environment: read once, checked, never shown. */
import { StageledgerError } from "@stageledger/core";
import { type ProviderSettings, providerSettings } from "../page/sign-in/sign-in-settings.ts";

export interface ServerSettings {
  readonly host: string;
  readonly port: number;
  readonly redisUrl: string | undefined;
  /** Where Asana can reach this server, without a slash at its end. */
  readonly publicUrl: string | undefined;
  /** Asana's own API unless said; for tests. */
  readonly asanaUrl: string | undefined;
  /** Whom the panel's tokens must be made for; undefined where there is no panel. */
  readonly forge: ForgeSettings | undefined;
  /** Who signs people in to the page, and where browsers reach it; undefined where nobody does. */
  readonly page: PageSettings | undefined;
}

interface PageSettings {
  readonly providers: readonly ProviderSettings[];
  readonly publicUrl: string;
}

interface ForgeSettings {
  readonly appId: string;
  readonly environment: string;
  readonly keysUrl: string;
}

const DEFAULT_PORT = 8400;
const HIGHEST_PORT = 65_535;
const FORGE_KEYS = "https://forge.cdn.prod.atlassian-dev.net/.well-known/jwks.json";

/** @throws StageledgerError PUBLIC_URL_UNUSABLE, SETTING_INVALID */
export function serverSettings(env: Readonly<Record<string, string | undefined>>): ServerSettings {
  const publicUrl = publicUrlOf(given(env.PUBLIC_URL));
  return {
    host: given(env.HOST) ?? "127.0.0.1",
    port: portOf(given(env.PORT)),
    redisUrl: given(env.REDIS_URL),
    publicUrl,
    asanaUrl: given(env.ASANA_BASE_URL),
    forge: forgeOf(env),
    page: pageOf(providerSettings(env), publicUrl),
  };
}

function given(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === "" ? undefined : value.trim();
}

/** 0 takes a free one. */
function portOf(text: string | undefined): number {
  const port = Number(text ?? DEFAULT_PORT);
  if (Number.isInteger(port) && port >= 0 && port <= HIGHEST_PORT) return port;
  throw new StageledgerError("SETTING_INVALID", "PORT is no port.", { next: "Use a number from 1 to 65535." });
}

/** Asana calls nothing but https; an address of this machine alone is taken for tests. */
function publicUrlOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  const isPlain = url !== null && url.search === "" && url.hash === "" && url.username === "";
  const isHttps = url?.protocol === "https:" || (url?.protocol === "http:" && url.hostname === "127.0.0.1");
  if (isPlain && isHttps) return `${url.origin}${url.pathname}`.replace(/\/+$/u, "");
  throw new StageledgerError("PUBLIC_URL_UNUSABLE", "PUBLIC_URL is not an address that Asana could call.", {
    next: "Give the https address under which this server is reached from outside, such as https://stageledger.example.com",
  });
}

/** Keys that came over an open line could be anybody's; one of this machine is taken for tests. */
function forgeOf(env: Readonly<Record<string, string | undefined>>): ForgeSettings | undefined {
  const appId = given(env.FORGE_APP_ID);
  if (appId === undefined) return undefined;
  const keysUrl = given(env.FORGE_JWKS_URL) ?? FORGE_KEYS;
  const url = URL.parse(keysUrl);
  if (url?.protocol !== "https:" && !(url?.protocol === "http:" && url.hostname === "127.0.0.1")) {
    throw new StageledgerError("SETTING_INVALID", "FORGE_JWKS_URL is no https address.", {
      next: "Unset it: Forge's own keys are found without it.",
    });
  }
  return { appId, environment: given(env.FORGE_ENVIRONMENT) ?? "PRODUCTION", keysUrl };
}

/** Whoever signs people in sends them back to an address that it was told beforehand. */
function pageOf(providers: readonly ProviderSettings[], publicUrl: string | undefined): PageSettings | undefined {
  if (providers.length === 0) return undefined;
  if (publicUrl !== undefined) return { providers, publicUrl };
  throw new StageledgerError("SETTING_INVALID", "With OIDC_ISSUER, PUBLIC_URL has to be set, too.", {
    next: "Give the address at which people open the ledger in their browser.",
  });
}
