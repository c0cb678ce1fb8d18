/** Tells browsers to come over https, and by no open line, once they have come that way. */
import type { RequestHandler } from "express";

/** A year, and of this host alone: its neighbours are not ours to speak for. */
const TOLD = "max-age=31536000";

/** @param publicUrl where browsers reach this server; over http, as on one's own machine, nothing is told */
export function httpsOnly(publicUrl: string | undefined): RequestHandler {
  const isSecure = publicUrl?.startsWith("https:") ?? false;
  return (_request, response, next) => {
    if (isSecure) response.set("strict-transport-security", TOLD);
    next();
  };
}
