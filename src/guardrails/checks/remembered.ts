import { makeBoundedCache } from "../../domain/bounded-cache.ts";

/**
 * The same function of a text (after what is to be known of it, such as its language), with what it said of the texts
 * that were read last at hand: those of the assets and playbooks come again with every decision, and stay, while a
 * planner's framing comes and goes.
 */
export function remembered<About extends readonly string[], T extends NonNullable<unknown> | null>(
  read: (...about: About) => T,
): (...about: About) => T {
  const seen = makeBoundedCache<string, T>(maxChars);
  return (...about) => {
    const key = about.length === 1 && about[0] !== undefined ? about[0] : about.join("\n");
    const known = seen.get(key);
    if (known !== undefined) return known;
    const value = read(...about);
    seen.set(key, value, key.length + overheadChars);
    return value;
  };
}

/** Some thousand framings and quotes, or forty bodies of the longest. */
const maxChars = 2_000_000;
/** What is remembered of a text, besides it. */
const overheadChars = 200;
