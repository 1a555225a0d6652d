import { isLuhn } from "./checksums.ts";
import type { Found, Recogniser } from "./found.ts";

/** Card numbers: a brand's prefix and length (ISO/IEC 7812 ranges as the brands publish them), and the Luhn check. */
export const paymentCards: Recogniser = (text) =>
  [...text.matchAll(/(?<![\p{L}\p{N}])\d+(?:[ -]\d+)*(?![\p{L}\p{N}])/gu)].flatMap((run) => cardsIn(run[0], run.index));

/** A number may be followed by another (an expiry, a code): each group of digits may begin one, and end one. */
function cardsIn(run: string, offset: number): readonly Found[] {
  const groups = [...run.matchAll(/\d+/g)].map(({ 0: digits, index }) => ({
    digits,
    start: index,
    end: index + digits.length,
  }));
  const found: Found[] = [];
  for (let first = 0; first < groups.length; first++) {
    let digits = "";
    for (let last = first; last < groups.length && digits.length <= 19; last++) {
      const [from, to] = [groups[first], groups[last]];
      if (from === undefined || to === undefined) break;
      digits += to.digits;
      if (!isCard(digits)) continue;
      found.push({ kind: "CREDIT_CARD", start: offset + from.start, end: offset + to.end, strength: "sure" });
      first = last;
      break;
    }
  }
  return found;
}

function isCard(digits: string): boolean {
  return brands.some(([prefix, lengths]) => lengths.includes(digits.length) && prefix.test(digits)) && isLuhn(digits);
}

const brands: readonly (readonly [prefix: RegExp, lengths: readonly number[]])[] = [
  // Visa
  [/^4/, [13, 16, 19]],
  // Mastercard
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  // American Express
  [/^3[47]/, [15]],
  // Diners Club
  [/^3(?:0[0-5]|09|[689])/, [14, 16, 19]],
  // Discover
  [/^6(?:011|4[4-9]|5)/, [16, 19]],
  // JCB
  [/^(?:35(?:2[89]|[3-8]))/, [16, 17, 18, 19]],
  [/^(?:2131|1800)/, [15]],
  // UnionPay
  [/^62/, [16, 17, 18, 19]],
  // Maestro
  [/^(?:50|5[6-8]|6)/, [12, 13, 14, 15, 16, 17, 18, 19]],
];
