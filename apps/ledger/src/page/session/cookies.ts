/** Our cookies: for this very host and no other, out of reach of scripts, and over https only, where it is spoken. */
import type { IncomingMessage } from "node:http";
import type { CookieOptions, Response } from "express";

/** The addresses of one server. */
export interface CookiePlace {
  readonly publicUrl: string;
}

/** Sent along when somebody comes from another site, as from whoever signs them in, but with nothing that another site posts. */
const OPTIONS: CookieOptions = { httpOnly: true, sameSite: "lax", path: "/" };

/** Undefined where there is none, and where there are two: then somebody else has set one of them. */
export function findCookie(place: CookiePlace, { headers }: IncomingMessage, name: string): string | undefined {
  const wanted = fullName(place, name);
  const values = (headers.cookie ?? "").split(";").flatMap((pair) => {
    const [found = "", ...value] = pair.split("=");
    return found.trim() === wanted ? value.join("=").trim() : [];
  });
  return values.length === 1 ? values[0] : undefined;
}

/** @param value letters of base64url */
export function setCookie(
  place: CookiePlace,
  response: Response,
  name: string,
  value: string,
  lifeMilliseconds: number,
): void {
  response.cookie(fullName(place, name), value, { ...optionsAt(place), maxAge: lifeMilliseconds });
}

export function clearCookie(place: CookiePlace, response: Response, name: string): void {
  response.clearCookie(fullName(place, name), optionsAt(place));
}

function optionsAt({ publicUrl }: CookiePlace): CookieOptions {
  return { ...OPTIONS, secure: isSecure(publicUrl) };
}

/** A browser takes a cookie of such a name from this host only, over https only: nobody next door can set one for us. */
function fullName({ publicUrl }: CookiePlace, name: string): string {
  return isSecure(publicUrl) ? `__Host-stageledger-${name}` : `stageledger-${name}`;
}

function isSecure(publicUrl: string): boolean {
  return publicUrl.startsWith("https:");
}
