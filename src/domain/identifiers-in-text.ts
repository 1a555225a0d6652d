import type { LeadIdentity } from "./lead.ts";

/**
 * Which direct identifiers a text gives away: any e-mail address, any number in international form, and the name and
 * number of the person it is about. A name counts by each of its words of two letters or more, as it is written.
 */
export function identifiersIn(text: string, person: LeadIdentity | null): readonly ("name" | "email" | "phone")[] {
  const plain = text.normalize("NFKC");
  const found: ("name" | "email" | "phone")[] = [];
  if (namesIn(plain, person?.name ?? "")) found.push("name");
  if (address.test(plain)) found.push("email");
  const digits = plain.replace(/[^+\d]/g, "");
  // Without the country's prefix it is the same number.
  const own = person?.phone?.slice(-7);
  if (international.test(plain) || (own !== undefined && digits.includes(own))) found.push("phone");
  return found;
}

const address = /[^\s@<>]+@[^\s@<>]+\.[^\s@<>]{2,}/u;
const international = /\+\d(?:[\s()./-]*\d){6,}/;

function namesIn(text: string, name: string): boolean {
  const words = new Set(wordsOf(text));
  const parts = wordsOf(name.normalize("NFKC"));
  // Particles (van, der, de la) are words of the language, too.
  const telling = parts.filter((part) => !/^\p{Ll}/u.test(part));
  return (telling.length > 0 ? telling : parts).some((part) => part.length >= 2 && words.has(part));
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{M}]+/gu) ?? [];
}
