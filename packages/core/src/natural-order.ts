/** Natural order of keys and ids: PAY-9 before PAY-10, "3" before "10013". Total, locale-free. */
export function compareNatural(left: string, right: string): number {
  const leftDigits = startOfNumber(left);
  const rightDigits = startOfNumber(right);
  if (leftDigits === rightDigits && leftDigits < left.length && leftDigits < right.length) {
    if (left.slice(0, leftDigits) === right.slice(0, leftDigits)) {
      const difference = Number(left.slice(leftDigits)) - Number(right.slice(leftDigits));
      if (difference !== 0) return difference;
    }
  }
  return left < right ? -1 : left > right ? 1 : 0;
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
