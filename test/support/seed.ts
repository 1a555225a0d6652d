/** The seed of generated tests: the same each time, unless VOUCHSAFE_TEST_SEED says which. */
export const seed = Number(process.env.VOUCHSAFE_TEST_SEED ?? 20_261_125);

const isFull = process.env.VOUCHSAFE_TEST_FULL === "1";

/** How many runs a generated test takes, in the full run and otherwise. */
export function runsOf({ full, short }: { readonly full: number; readonly short: number }): number {
  return isFull ? full : short;
}

/** How long the runs of one test may take, in milliseconds: a guard against what hangs, no measure of speed. */
export const longestMs = isFull ? 10_800_000 : 900_000;

/** In the full run, a line that says how far it is: it takes long enough for somebody to wonder. */
export function tellProgress(done: number, runs: number, what: string): void {
  if (isFull) process.stdout.write(`${done} of ${runs} ${what}\n`);
}
