import { before, type Found, type Recogniser } from "./found.ts";

/** Social security numbers (20 CFR 422.103: never 000, 666 or 9xx, no part all zero) and driver's licences, which each state numbers its way. */
export const usDocuments: Recogniser = (text) => [...securityNumbers(text), ...licences(text)];

function securityNumbers(text: string): readonly Found[] {
  const form = /(?<![\w-])(?!000|666|9\d\d)\d{3}([ -]?)(?!00)\d{2}\1(?!0000)\d{4}(?![\w]|-\d)/g;
  return [...text.matchAll(form)].flatMap(({ 0: value, 1: separator, index }): Found[] => {
    const isSaid = /\bssn\b|social[ -]security|\bsoc\.? sec/.test(before(text, index));
    if (separator !== "-" && !isSaid) return [];
    return [{ kind: "US_SSN", start: index, end: index + value.length, strength: "sure" }];
  });
}

/** Any form of 5 to 14 letters and digits, where the words before it say what it is. */
function licences(text: string): readonly Found[] {
  return [...text.matchAll(said)].flatMap((words): Found[] => {
    const from = words.index + words[0].length;
    const match = text.slice(from, from + 60).match(licence);
    if (match?.[1] === undefined) return [];
    const start = from + match[0].length - match[1].length;
    return [{ kind: "US_DRIVER_LICENSE", start, end: start + match[1].length, strength: "sure" }];
  });
}

const said =
  /\b(?:driv(?:er|ing|ers|er's|ers')(?:'s)? (?:licen[cs]e|licen[cs]es|permit|id)|licen[cs]e (?:number|no\b|num\b|#|id)|dl ?(?:number|no\b|num\b|#)|(?<=\bmy |\bthe |\bs )licen[cs]e is)/gi;
/** Up to a few words on ("number is"), before the sentence ends. */
const licence =
  /^(?:[^\p{N}.!?\n]{0,30}?[^\p{L}\p{N}])(?=[a-z]{0,3}[ -]?\d)((?:[a-z]{0,3}[ -]?)?\d[a-z\d]{3,13}(?:-\d{2,6}){0,3}[a-z]?)(?![\p{L}\p{N}])/iu;
