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

export function union(sets: readonly Uint32Array[]): Uint32Array {
  const [only] = sets;
  if (only && sets.length === 1) return only;
  const words = new Uint32Array(sets.reduce((longest, each) => Math.max(longest, each.length), 0));
  for (const each of sets) {
    for (let i = 0; i < each.length; i++) words[i] = (words[i] ?? 0) | (each[i] ?? 0);
  }
  return words;
}

export function except(words: Uint32Array, without: Uint32Array): Uint32Array {
  return words.map((word, i) => word & ~(without[i] ?? 0));
}

/** Who is in at least one of the sets, and who in at least two. */
export function onceAndTwice(sets: readonly Uint32Array[]): { once: Uint32Array; twice: Uint32Array } {
  const once = union([...sets, new Uint32Array(0)]);
  const twice = new Uint32Array(once.length);
  const seen = new Uint32Array(once.length);
  for (const each of sets) {
    for (let i = 0; i < each.length; i++) {
      const word = each[i] ?? 0;
      twice[i] = (twice[i] ?? 0) | ((seen[i] ?? 0) & word);
      seen[i] = (seen[i] ?? 0) | word;
    }
  }
  return { once, twice };
}

/** Place of the lowest bit of a word that is not zero. */
export function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}
