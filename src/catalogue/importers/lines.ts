/** One line of a file: its bytes without the line end, or null where it was longer than allowed. */
export interface Line {
  readonly number: number;
  readonly bytes: Uint8Array | null;
}

/**
 * Cuts a stream of bytes at line feeds, holding at most `maxBytes` of one line. Numbers begin at 1. A last line without
 * a line feed counts; an empty rest does not.
 */
export async function* readLines(source: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Line> {
  let number = 1;
  let parts: Uint8Array[] = [];
  let held = 0;
  const take = (piece: Uint8Array) => {
    held += piece.length;
    if (held <= maxBytes) parts.push(piece);
    else parts = [];
  };
  const finish = (): Line => {
    const line = { number, bytes: held > maxBytes ? null : Buffer.concat(parts) };
    number += 1;
    parts = [];
    held = 0;
    return line;
  };
  for await (const chunk of source) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      take(chunk.subarray(start, end));
      yield finish();
      start = end + 1;
    }
    if (start < chunk.length) take(chunk.subarray(start));
  }
  if (held > 0) yield finish();
}

const LINE_FEED = 0x0a;
