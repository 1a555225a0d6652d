import { makeBoundedCache } from "../../domain/bounded-cache.ts";

/**
 * The same function of a text (after what is to be known of it, such as its language), with what it said of the texts
 * that were read last at hand: those of the assets and playbooks come again with every decision, and stay, while a
 * planner's framing comes and goes.
 */
export function remembered<About extends readonly string[], T extends NonNullable<unknown> | null>(
  read: (...about: About) => T,
): (...about: About) => T {
  // By the text itself, whose hash V8 keeps: one that is put together for each look would be hashed anew.
  const seen = makeBoundedCache<string, Map<string, T>>(maxChars);
  return (...about) => {
    const text = about.at(-1) ?? "";
    const rest = about.slice(0, -1).join("\n");
    const ofText = seen.get(text);
    const known = ofText?.get(rest);
    if (known !== undefined) return known;
    const value = read(...about);
    if (ofText === undefined) seen.set(text, new Map([[rest, value]]), text.length + overheadChars);
    else ofText.set(rest, value);
    return value;
  };
}

/** Two thousand framings and quotes, or twenty bodies of the longest. A dozen readers remember so much each. */
const maxChars = 1_000_000;
/** What is remembered of a text, besides it. */
const overheadChars = 200;
