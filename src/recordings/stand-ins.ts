/** Puts stand-ins in the place of what names somebody: the same one for the same name, wherever it stands. */
export interface StandIns {
  /** `lead-1`, `company-2`, …: the next of its kind, or the one that the name has. */
  of(kind: "lead" | "asset" | "account" | "company" | "opportunity", name: string): string;
  /** The text with every name that is known by then replaced, and addresses and numbers taken out. */
  inText(text: string): string;
}

/** `names`: of persons, as they are written; each of their words is replaced where it stands alone. */
export function makeStandIns(names: readonly string[]): StandIns {
  const byKind = new Map<string, Map<string, string>>();
  const of: StandIns["of"] = (kind, name) => {
    const known = byKind.get(kind) ?? new Map<string, string>();
    byKind.set(kind, known);
    const found =
      known.get(name) ?? (kind === "company" ? `Example Company ${known.size + 1}` : `${kind}-${known.size + 1}`);
    known.set(name, found);
    return found;
  };
  const persons = names.flatMap((name) => name.match(/[\p{L}\p{M}'-]{2,}/gu) ?? []);
  return {
    of,
    inText(text) {
      let plain = text
        .replace(/[^\s@<>]+@[^\s@<>]+\.[\p{L}\d.-]*[\p{L}\d]/gu, "someone@person.example")
        .replace(/\bhttps?:\/\/\S+/giu, "https://www.example.com/")
        .replace(/\+\d(?:[\s()./-]*\d){6,}/gu, "+49 30 0000000");
      for (const [name, standIn] of byKind.get("company") ?? []) plain = replaceWord(plain, name, standIn);
      for (const word of persons) plain = replaceWord(plain, word, "Someone");
      return plain;
    },
  };
}

function replaceWord(text: string, word: string, by: string): string {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");
  return text.replace(new RegExp(`(?<![\\p{L}\\p{M}\\d])${escaped}(?![\\p{L}\\p{M}\\d])`, "giu"), by);
}
