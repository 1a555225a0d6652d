/** What the runner of the tests is asked for, and what it answers. Mutants go by their number. */
export interface MutantRunOrder {
  readonly mutants: readonly (readonly [mutant: number, file: string])[];
  /** A mutant that takes effect from the start of the process, for what is decided while files are loaded. */
  readonly fromStart: number | null;
  readonly resultFile: string;
}

export interface MutantRunResult {
  readonly killed: readonly (readonly [mutant: number, test: string])[];
  readonly reached: readonly number[];
  /** Come by while no test ran, so that a test may have to do with what was worked out before it. */
  readonly atLoad: readonly number[];
  /** Tests that don't pass a second time, and so tell nothing. */
  readonly unfit: readonly string[];
  /** Tests that take too long to run once for each mutant. */
  readonly slow: readonly string[];
}
