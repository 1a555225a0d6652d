/** The seed of generated tests: the same each time, unless VOUCHSAFE_TEST_SEED says which. */
export const seed = Number(process.env.VOUCHSAFE_TEST_SEED ?? 20_261_125);

const isFull = process.env.VOUCHSAFE_TEST_FULL === "1";

/** How many runs a generated test takes, in the full run and otherwise. */
export function runsOf({ full, short }: { readonly full: number; readonly short: number }): number {
  return isFull ? full : short;
}
