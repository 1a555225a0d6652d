import { nameWords } from "./company-name.ts";

/** A company's name as it is recorded, and as it is said, without its legal form: "Umbrella Corp." is "Umbrella". */
export function spokenNames(name: string): readonly string[] {
  const said = nameWords(name).join(" ");
  return [...new Set([name.trim(), said])].filter((one) => one.length > 2);
}

/** Whether a text names a company so, in capitals or not, as words of their own. */
export function saysName(text: string, name: string): boolean {
  const lower = text.toLowerCase();
  return spokenNames(name).some((one) => {
    const wanted = one.toLowerCase();
    for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, at + 1)) {
      if (!endsInWord.test(lower.slice(0, at)) && !beginsWord.test(lower.slice(at + wanted.length))) return true;
    }
    return false;
  });
}

const endsInWord = /[\p{L}\p{M}\p{N}]$/u;
const beginsWord = /^[\p{L}\p{M}\p{N}]/u;
