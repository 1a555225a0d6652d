import { editDistance } from "./edit-distance.ts";

const MOST = 3;

/** The known words that somebody may have meant by `word`, at most three, nearest first. */
export function nearest(word: string, known: Iterable<string>): readonly string[] {
  const cap = Math.max(2, Math.ceil(word.length / 2));
  return [...known]
    .map((candidate) => ({ candidate, distance: closeness(word, candidate, cap) }))
    .filter(({ distance }) => distance <= cap)
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, MOST)
    .map(({ candidate }) => candidate);
}

/** One that is a part of the other ("sales", "sales-leader") is near, whatever their lengths. */
function closeness(word: string, candidate: string, cap: number): number {
  const isPart = `-${candidate}-`.includes(`-${word}-`) || `-${word}-`.includes(`-${candidate}-`);
  return isPart ? 1 : editDistance(word, candidate, cap);
}
