/** A growing set of small whole numbers, one bit each. */
export interface Bitset {
  /** 32 members a word; shorter than the highest member it could have. Replaced when it grows. */
  words: Uint32Array;
}

export function makeBitset(capacity = 0): Bitset {
  return { words: new Uint32Array((capacity + 31) >>> 5) };
}

export function addTo(set: Bitset, member: number): void {
  const word = member >>> 5;
  if (word >= set.words.length) {
    const grown = new Uint32Array(Math.max(word + 1, set.words.length * 2));
    grown.set(set.words);
    set.words = grown;
  }
  set.words[word] = (set.words[word] ?? 0) | (1 << (member & 31));
}

export function removeFrom(set: Bitset, member: number): void {
  const word = member >>> 5;
  if (word < set.words.length) set.words[word] = (set.words[word] ?? 0) & ~(1 << (member & 31));
}

/** 1 or 0; what lies beyond the words is not in the set. */
export function bitOf(words: Uint32Array, member: number): number {
  return ((words[member >>> 5] ?? 0) >>> (member & 31)) & 1;
}

export function uniteInto(target: Bitset, other: Bitset): void {
  if (other.words.length > target.words.length) {
    const grown = new Uint32Array(other.words.length);
    grown.set(target.words);
    target.words = grown;
  }
  const { words } = target;
  for (let i = 0; i < other.words.length; i++) words[i] = (words[i] ?? 0) | (other.words[i] ?? 0);
}

/** Calls `visit` for each member of the word in ascending order; false from `visit` ends it. */
export function visitWord(word: number, base: number, visit: (member: number) => boolean): boolean {
  let rest = word;
  while (rest !== 0) {
    const lowest = rest & -rest;
    if (!visit(base + 31 - Math.clz32(lowest))) return false;
    rest ^= lowest;
  }
  return true;
}
