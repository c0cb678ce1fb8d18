/**
 * Natural order of keys and ids: PAY-9 before PAY-10, "3" before "10013". By the text before the
 * number at the end, then by that number, none before any; so the order is total. Locale-free.
 */
export function compareNatural(left: string, right: string): number {
  const leftDigits = startOfNumber(left);
  const rightDigits = startOfNumber(right);
  const leftPrefix = left.slice(0, leftDigits);
  const rightPrefix = right.slice(0, rightDigits);
  if (leftPrefix !== rightPrefix) return leftPrefix < rightPrefix ? -1 : 1;
  const difference = numberFrom(left, leftDigits) - numberFrom(right, rightDigits);
  if (difference !== 0) return difference;
  return left < right ? -1 : left > right ? 1 : 0;
}

function numberFrom(text: string, at: number): number {
  return at === text.length ? -1 : Number(text.slice(at));
}

/** Index at which the digits at the end of a text begin; its length when there are none. */
function startOfNumber(text: string): number {
  let at = text.length;
  while (at > 0) {
    const code = text.charCodeAt(at - 1);
    if (code < 48 || code > 57) break;
    at -= 1;
  }
  return at;
}
