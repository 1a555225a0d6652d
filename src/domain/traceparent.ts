/**
 * The ids in a `traceparent` of W3C Trace Context: version, trace id, span id and flags, in hex. Version 00 ends there; a
 * later one may go on. Null for anything else.
 */
export function readTraceparent(text: string): Traceparent | null {
  const [, version = "", traceId = "", spanId = "", flags = "", more] = traceparent.exec(text) ?? [];
  const isNone = traceId === "" || /^0+$/.test(traceId) || /^0+$/.test(spanId);
  if (isNone || version === "ff" || (version === "00" && more !== undefined)) return null;
  return { traceId, spanId, flags: Number.parseInt(flags, 16) };
}

export interface Traceparent {
  readonly traceId: string;
  readonly spanId: string;
  readonly flags: number;
}

const traceparent = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.{0,100})?$/;
