/** Crockford's base 32: no I, L, O, U. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const timeChars = 10;
const randomChars = 16;

/**
 * Makes ULIDs (github.com/ulid/spec): 48 bits of time, 80 of randomness, in text that sorts by time. Each is greater
 * than the one before: within a millisecond, and while the clock stands still or goes back, the randomness counts up;
 * should it run over, the time part is moved one millisecond on.
 */
export function makeUlids(deps: { now(): number; bytes(length: number): Uint8Array }): () => string {
  let lastTime = -1;
  let timePart = "";
  const digits = new Uint8Array(randomChars);

  function startMillisecond(time: number): void {
    lastTime = time;
    timePart = encodeTime(time);
    const bytes = deps.bytes(randomChars);
    for (let i = 0; i < randomChars; i++) digits[i] = (bytes[i] ?? 0) & 31;
  }

  return () => {
    const now = deps.now();
    if (now > lastTime) startMillisecond(now);
    else if (!increment(digits)) startMillisecond(lastTime + 1);
    return timePart + encodeDigits(digits);
  };
}

/** False when the digits ran over. */
function increment(digits: Uint8Array): boolean {
  for (let i = digits.length - 1; i >= 0; i--) {
    const digit = digits[i] ?? 0;
    if (digit < 31) {
      digits[i] = digit + 1;
      return true;
    }
    digits[i] = 0;
  }
  return false;
}

function encodeTime(time: number): string {
  let rest = time;
  let text = "";
  for (let i = 0; i < timeChars; i++) {
    text = alphabet.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function encodeDigits(digits: Uint8Array): string {
  let text = "";
  for (const digit of digits) text += alphabet.charAt(digit);
  return text;
}
