const MINUTE = 60_000;

/** "3 minutes ago". */
export function agoText(instant: number | undefined, now: number): string {
  if (instant === undefined) return "never";
  const minutes = Math.round((now - instant) / MINUTE);
  if (minutes < 1) return "just now";
  if (minutes < 120) return minutes === 1 ? "a minute ago" : `${minutes} minutes ago`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours ago` : `${Math.round(hours / 24)} days ago`;
}
