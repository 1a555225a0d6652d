/** Typed arrays that grow by half; what is new is zero. */
export function roomFor32(array: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  if (length <= array.length) return array;
  const grown = new Uint32Array(roomier(array.length, length));
  grown.set(array);
  return grown;
}

export function roomFor8(array: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  if (length <= array.length) return array;
  const grown = new Uint8Array(roomier(array.length, length));
  grown.set(array);
  return grown;
}

export function roomForFloats(array: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  if (length <= array.length) return array;
  const grown = new Float64Array(roomier(array.length, length));
  grown.set(array);
  return grown;
}

function roomier(had: number, needed: number): number {
  return Math.max(needed, had + (had >>> 1), 64);
}
