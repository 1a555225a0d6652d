/**
 * The same function of a text, with what it said of the last few thousand texts at hand: the same ones come again with
 * every decision. The memory is emptied when it is full.
 */
export function remembered<T>(read: (text: string) => T): (text: string) => T {
  const seen = new Map<string, T>();
  return (text) => {
    const known = seen.get(text);
    if (known !== undefined) return known;
    const value = read(text);
    if (seen.size >= maxTexts) seen.clear();
    seen.set(text, value);
    return value;
  };
}

const maxTexts = 4096;
