const legalForms =
  /(?:\s|^)(?:gmbh|ag|kg|co|company|corp|corporation|inc|ltd|limited|llc|sa|bv|nv|ab|oy|srl|sas|plc|se)$/;

/** One of them, or its company in some country or part of the world. */
export function isOneOf(company: string, others: readonly string[]): boolean {
  const isBranch = (longer: string, shorter: string) => {
    const [long, short] = [plainName(withoutAside(longer)), plainName(withoutAside(shorter))];
    return (
      long.startsWith(`${short} `) &&
      long
        .slice(short.length + 1)
        .split(" ")
        .every((word) => somewhere.test(word))
    );
  };
  return others.some((one) => {
    if (companyName(one) === "" || companyName(company) === "") return false;
    return companyName(one) === companyName(company) || isBranch(one, company) || isBranch(company, one);
  });
}

const somewhere =
  /^(?:deutschland|germany|france|austria|canada|usa?|uk|united|kingdom|europ[ae]|emea|international|corporation|company)$/;

/** A company by its name alone, however it is spelt: no marks, no case, no signs, no legal form at the end. */
export function companyName(name: string): string {
  return plainName(withoutAside(name)).replaceAll(" ", "");
}

/** "Umbrella (UK) Ltd" is Umbrella. */
function withoutAside(name: string): string {
  return name.replace(/(?<=\S)\s*\([^()]*\)/g, " ");
}

function plainName(name: string): string {
  let plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/['’.]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .replace(/([aou])e/g, "$1")
    .trim()
    .replace(/^the (?=.)/, "");
  while (plain.includes(" ") && legalForms.test(plain)) plain = plain.replace(legalForms, "").trim();
  return plain;
}

/**
 * How a text names a company: whole, as such or in capitals (`named`); by its first word, or in small letters
 * (`perhaps`).
 */
export function namingIn(text: string, company: string): "named" | "perhaps" | "not" {
  const said = plainWords(text);
  let name = plainWords(company).trim();
  name = name.replace(/^The (?=.)/i, "");
  while (name.includes(" ") && legalForms.test(name.toLowerCase())) name = name.slice(0, name.lastIndexOf(" "));
  if (name === "") return "not";
  const foundAs = (what: string) => new RegExp(`(?<= )${what}(?= )`, "giu");
  const whole = [...said.matchAll(foundAs(name))].map(([found]) => found);
  const isOnNet = text.toLowerCase().includes(`${name.toLowerCase().replaceAll(" ", "")}.com`);
  if (isOnNet || whole.some((found) => found === name || /^[^\p{Ll}]/u.test(found))) return "named";
  const [first = ""] = name.split(" ");
  const isFirst = said.includes(` ${first} `) || said.includes(` ${first.toUpperCase()} `);
  if (first !== name && !everyday.test(first) && isFirst) return "perhaps";
  return whole.length > 0 && (first !== name || !everyday.test(name)) ? "perhaps" : "not";
}

const everyday = /^(?:target|live|next|test|insurer|hotel)$/i;

/** Between blanks, so that no name is found within a word; "ae" is "\u00e4", and neither differs from "a". */
function plainWords(text: string): string {
  const folded = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/\u00df/g, "ss")
    .replace(/([aou])e/gi, "$1");
  return ` ${folded
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .join(" ")} `;
}
