import type { Found, Recogniser } from "./found.ts";

/** Anchored at the @ and read outwards by the limits of RFC 5321 (64 and 255 octets), so a megabyte of letters costs nothing. */
export const emailAddresses: Recogniser = (text) => {
  const found: Found[] = [];
  for (let at = text.indexOf("@"); at !== -1; at = text.indexOf("@", at + 1)) {
    const [local] = text.slice(Math.max(0, at - 64), at).match(localPart) ?? [];
    const [domain] = text.slice(at + 1, at + 256).match(domainPart) ?? [];
    if (local === undefined || domain === undefined) continue;
    found.push({ kind: "EMAIL_ADDRESS", start: at - local.length, end: at + 1 + domain.length, strength: "sure" });
  }
  return [...found, ...spelledOut(text)];
};

const localPart = /(?:"[^"\n@]{1,60}"|[\p{L}\p{N}!#$%&'*+/=?^_{|}~-](?:[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_{|}~-]*))$/u;
const domainPart =
  /^(?:[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.){1,8}\p{L}[\p{L}\p{M}\p{N}-]{0,22}[\p{L}\p{M}\p{N}]/u;

/** "jane [at] example [dot] org": written so that machines don't see it. */
function spelledOut(text: string): readonly Found[] {
  return [...text.matchAll(/[([{] ?at ?[)\]}]/gi)].flatMap((sign): Found[] => {
    const [local] = text.slice(Math.max(0, sign.index - 64), sign.index).match(/[\w.+-]{1,63} ?$/) ?? [];
    const from = sign.index + sign[0].length;
    const [domain] =
      text.slice(from, from + 100).match(/^ ?[\w-]{1,40}(?: ?(?:\.|[([{] ?dot ?[)\]}]) ?[\w-]{2,40}){1,4}/i) ?? [];
    if (local === undefined || domain === undefined) return [];
    return [{ kind: "EMAIL_ADDRESS", start: sign.index - local.length, end: from + domain.length, strength: "likely" }];
  });
}
