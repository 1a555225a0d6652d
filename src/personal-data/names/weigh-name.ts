import { contextWeight, endsAsThing } from "./context.ts";
import type { Dictionary } from "./dictionary.ts";
import type { Manner } from "./manner.ts";
import { particles, titles } from "./name-runs.ts";
import type { Word } from "./words-in.ts";

interface Candidate {
  readonly text: string;
  readonly run: readonly Word[];
  readonly manner: Manner;
  readonly dictionary: Dictionary;
}

/** A given name with a family name, or with a word beside it that is known as nothing. */
export function isFullName(run: readonly Word[], { know }: Dictionary): boolean {
  const [first, ...others] = namesOf(run).map(({ lower }) => know(lower));
  const last = others.at(-1);
  if (first === undefined || last === undefined) return false;
  return first.given ? last.family || !(last.word || last.other) : first.givenToo && last.family && !last.word;
}

/** Without the title before them and the particles between them. */
function namesOf(run: readonly Word[]): readonly Word[] {
  return run.filter(({ lower }, place) => !(place === 0 && titles.has(lower)) && !particles.has(lower));
}

/** How much speaks for a person, in points; what speaks against it is below zero. */
export function weigh({ text, run, manner, dictionary }: Candidate): number {
  const { lowerCase, capitalsTell } = manner;
  const first = run[0];
  const last = run.at(-1);
  if (first === undefined || last === undefined) return 0;
  const hasTitle = titles.has(first.lower);
  const names = namesOf(run);
  const [name] = names;
  if (name === undefined) return 0;
  const known = names.map(({ lower }) => dictionary.know(lower));
  const firstKnown = known[0];
  const lastKnown = known.at(-1);
  if (firstKnown === undefined || lastKnown === undefined) return 0;

  let weight = contextWeight(text, first.start, last.end);
  if (hasTitle) weight += 5;
  if (firstKnown.given) weight += 3;
  else if (firstKnown.givenToo) weight += names.length > 1 ? 2 : 0.8;
  else if (firstKnown.family) weight += 1;
  else if (firstKnown.familyEnding) weight += 1.2;
  if (names.length > 1) {
    if (lastKnown.given) weight += 1;
    else if (lastKnown.family) weight += 2;
    else if (lastKnown.familyEnding) weight += 1.5;
    else if (lastKnown.word) weight -= firstKnown.given ? 0.5 : 2;
    else if (!lastKnown.other) weight += 1;
  } else if (firstKnown.family && !firstKnown.word) weight += 0.5;
  // Where every noun has a capital, one word alone may be one of them.
  if (!lowerCase && !capitalsTell && names.length === 1) weight -= 1.2;
  if (!lowerCase && capitalsTell) {
    const isUnknown = known.every((one) => !one.word && !one.other);
    if (isUnknown && !first.opens) weight += 1;
    if (isUnknown && names.length > 1) weight += 0.5;
    if (/[^\p{Script=Latin}'’-]/u.test(name.text)) weight -= 1;
  }
  // A title makes a person of a place or a company, and a second name of a month: "Mme Dupont", "Jan de Vries".
  const isThing = known.some((one) => one.other && !one.given && !(names.length > 1 && (one.givenToo || one.family)));
  if (isThing && !hasTitle) weight -= 2;
  if (names.length > 1 && endsAsThing.test(last.lower)) weight -= 4;
  if (!hasTitle && known.every((one) => one.word && !one.family && !one.givenToo)) weight -= 3;
  if (names.some(({ shouted, text: value }) => shouted && value.length > 2)) weight -= 1.5;
  if (!hasTitle && dictionary.isKnownPhrase(text.slice(name.start, last.end))) weight -= 4;
  return weight;
}
