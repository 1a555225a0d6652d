import type { Found } from "../found.ts";
import type { Dictionary } from "./dictionary.ts";
import { mannerOf } from "./manner.ts";
import { runAt } from "./name-runs.ts";
import { isFullName, weigh } from "./weigh-name.ts";
import { wordsIn } from "./words-in.ts";

/**
 * People's names, by what speaks for one: a title, words around it that go with people, given and family names of many
 * countries, and being a capitalised word that is known as nothing else. What speaks for a place, a company or a plain
 * word is weighed against it. `taken`: spans that are something else already.
 */
export function findNames(text: string, taken: readonly Found[], dictionary: Dictionary): readonly Found[] {
  const words = wordsIn(text);
  const manner = mannerOf(words);
  const isTaken = takenBy(taken);
  const found: Found[] = [];
  for (let at = 0; at < words.length; ) {
    const run = words.slice(at, at + runAt(words, at, manner, dictionary));
    const [first, last] = [run[0], run.at(-1)];
    if (first !== undefined && last !== undefined && !isTaken(first.start, last.end)) {
      const weight = weigh({ text, run, manner, dictionary });
      const strength = weight >= (isFullName(run, dictionary) ? fullNameFrom : sureFrom) ? "sure" : "likely";
      if (weight >= likelyFrom) found.push({ kind: "PERSON", start: first.start, end: last.end, strength });
    }
    at += Math.max(1, run.length);
  }
  return found;
}

const likelyFrom = 2;
const sureFrom = 5;
/** Nothing has to be said beside a full name; much may be said against it. */
const fullNameFrom = 3;

/** Asked in the order of the text, so that each span is passed once. */
function takenBy(taken: readonly Found[]): (start: number, end: number) => boolean {
  let next = 0;
  return (start, end) => {
    while (next < taken.length && (taken[next]?.end ?? 0) <= start) next++;
    return (taken[next]?.start ?? Number.POSITIVE_INFINITY) < end;
  };
}
