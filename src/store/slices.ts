/**
 * Walks a long index in slices and gives way to other work between them, so that a count over a hundred thousand rows
 * holds nobody up. `slice` reads at most `sliceRows` rows after the cursor and returns the next one, null at the end.
 */
export async function inSlices<Cursor>(slice: (after: Cursor | null) => Promise<Cursor | null>): Promise<void> {
  for (let at = await slice(null); at !== null; at = await slice(at)) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

/** A slice of an index: well under a millisecond. */
export const sliceRows = 2000;
