/**
 * Milliseconds that a Retry-After header asks to wait: whole seconds or an HTTP date (RFC 9110). A date in the past is 0;
 * undefined when there is no header or it cannot be read.
 */
export function retryAfterMilliseconds(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : Math.max(0, instant - now);
}

/**
 * The instant (epoch milliseconds) that a reset header names. Jira documents ISO 8601, at times without seconds; gateways
 * send numbers: seconds from now (the RateLimit header draft), epoch seconds or epoch milliseconds, told apart by size.
 */
export function resetInstant(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d+$/.test(text)) {
    const number = Number(text);
    if (number < EPOCH_SECONDS_FROM) return now + number * 1000;
    return number < EPOCH_MILLISECONDS_FROM ? number * 1000 : number;
  }
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant;
}

/** 2001 in epoch seconds; as a wait it would be 31 years. */
const EPOCH_SECONDS_FROM = 1e9;
/** 2001 in epoch milliseconds; as epoch seconds it would be the year 33658. */
const EPOCH_MILLISECONDS_FROM = 1e12;
