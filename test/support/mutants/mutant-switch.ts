/** What the mutated sources and the runner of their tests share, in one process. */
export interface MutantSwitch {
  /** The mutant that takes effect; -1 for none. */
  active: number;
  /** Told of each mutant whose place is come by. */
  reached: Set<number>;
  /** How often a place was come by, and when it is too often: a mutant may never end. */
  count: number;
  limit: number;
  /** Changes with each run, so that nothing that was remembered in one is known in another. */
  run: number;
}

declare global {
  var mutantSwitch: MutantSwitch | undefined;
  var isMutant: ((number: number) => boolean) | undefined;
}

/** The one switch of the process. */
export function theMutantSwitch(): MutantSwitch {
  if (globalThis.mutantSwitch) return globalThis.mutantSwitch;
  const made: MutantSwitch = { active: -1, reached: new Set(), count: 0, limit: Number.POSITIVE_INFINITY, run: 0 };
  globalThis.mutantSwitch = made;
  globalThis.isMutant = (number) => {
    made.reached.add(number);
    if (++made.count > made.limit) throw new Error("a mutant does not end");
    return number === made.active;
  };
  return made;
}

// As the first of what tests load.
theMutantSwitch();
