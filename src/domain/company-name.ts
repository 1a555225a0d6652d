/**
 * A company's name in the form in which two spellings of one company are equal: Unicode NFKD without marks, lower case,
 * letters and digits only, without the legal form at its end ("Globex GmbH & Co. KG" and "GLOBEX" are one).
 */
export function companyKey(name: string): string {
  const cached = keys.get(name);
  if (cached !== undefined) return cached;
  const words = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/['’.]/g, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
  let end = words.length;
  while (end > 1 && legalForms.has(words[end - 1] ?? "")) end--;
  const key = words.slice(0, end).join("");
  if (keys.size >= 10_000) keys.clear();
  keys.set(name, key);
  return key;
}

/**
 * Whether a text names the company, with or without the legal form at its end, as it is written or in capitals. Small
 * letters are not told, since many names are words besides.
 */
export function namesCompany(text: string, name: string): boolean {
  let pattern = patterns.get(name);
  if (pattern === undefined) {
    pattern = patternOf(name);
    if (patterns.size >= 10_000) patterns.clear();
    patterns.set(name, pattern);
  }
  return pattern.test(text.normalize("NFC"));
}

function patternOf(name: string): RegExp {
  const words = name.normalize("NFC").trim().split(/\s+/);
  const isForm = (word: string) => {
    const letters = word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
    return letters === "" || legalForms.has(letters);
  };
  let end = words.length;
  while (end > 1 && isForm(words[end - 1] ?? "")) end--;
  const escaped = words.slice(0, end).map((word) => word.replace(/,$/, "").replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  const written = (spelled: readonly string[]) => spelled.join("\\s+");
  const capitals = written(escaped.map((word) => word.toUpperCase()));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${written(escaped)}|${capitals})(?![\\p{L}\\p{N}])`, "u");
}

const patterns = new Map<string, RegExp>();

/** Names repeat in every decision of their lead, asset and profile; the map is emptied when it is full. */
const keys = new Map<string, string>();

const legalForms = new Set(
  (
    "ab ag as asa aps bv co company corp corporation cv eg ek eu ev gbr gesmbh gmbh group holding inc incorporated kg kgaa " +
    "limited llc llp lp ltd ltda mbh nv oy oyj ohg og plc pte pty pvt sa sab sal sapi sarl sas sasu se sl slu spa sp srl " +
    "sro spzoo doo oo ug z zoo"
  ).split(" "),
);
