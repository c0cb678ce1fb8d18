/** Who signs people in, as the environment says. */
import { StageledgerError } from "@stageledger/core";

export interface ProviderSettings {
  /** What the provider calls itself; or where it says so. */
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string;
  /** As people know it. */
  readonly name: string;
}

/** Further ones have their number behind each variable: OIDC_ISSUER_2. */
const SUFFIXES = ["", "_2", "_3", "_4"];

/** None where nobody signs in. @throws StageledgerError SETTING_INVALID */
export function providerSettings(env: Readonly<Record<string, string | undefined>>): readonly ProviderSettings[] {
  return SUFFIXES.flatMap((suffix) => providerOf(env, suffix));
}

function providerOf(env: Readonly<Record<string, string | undefined>>, suffix: string): readonly ProviderSettings[] {
  const given = (name: string) => env[`${name}${suffix}`]?.trim() ?? "";
  const issuer = given("OIDC_ISSUER");
  if (issuer === "") return [];
  const url = URL.parse(issuer);
  if (url === null || !isSafe(url)) {
    throw invalid(`OIDC_ISSUER${suffix} is no https address.`, "Take it from your provider's documentation.");
  }
  const [clientId, clientSecret] = [given("OIDC_CLIENT_ID"), given("OIDC_CLIENT_SECRET")];
  if (clientId === "" || clientSecret === "") {
    throw invalid(
      `OIDC_CLIENT_ID${suffix} or OIDC_CLIENT_SECRET${suffix} is missing.`,
      "Register the ledger with your provider, which gives it both.",
    );
  }
  return [{ issuer: url, clientId, clientSecret, name: given("OIDC_NAME") || url.hostname }];
}

/** What came over an open line could be anybody's; one of this machine is taken for tests and the demo. */
function isSafe({ protocol, hostname, username }: URL): boolean {
  return (protocol === "https:" || (protocol === "http:" && hostname === "127.0.0.1")) && username === "";
}

function invalid(what: string, next: string): StageledgerError {
  return new StageledgerError("SETTING_INVALID", what, { next });
}
