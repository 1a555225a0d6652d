/** The same function of nothing, which works out its answer when it is first asked for. What it throws is not kept. */
export function once<T extends NonNullable<unknown>>(read: () => T): () => T {
  let known: T | undefined;
  return () => {
    known ??= read();
    return known;
  };
}
