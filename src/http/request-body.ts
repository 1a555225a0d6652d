import { IncomingMessage } from "node:http";
import type { Context } from "hono";
import { AppError } from "../domain/errors.ts";
import { headerOf } from "./headers.ts";

export interface BodyText {
  /** Lower-case media type without its parameters; empty when the request names none. */
  readonly mediaType: string;
  readonly text: string;
}

/**
 * Reads the whole body as UTF-8. Stops at `limitBytes`, whatever `Content-Length` says or does not say. Throws
 * `too-large`, and `malformed` for bytes that are not UTF-8.
 */
export async function readBody(c: Context, limitBytes: number): Promise<BodyText> {
  const declared = Number(headerOf(c, "content-length") ?? 0);
  if (declared > limitBytes) throw tooLarge(limitBytes);
  const bytes = await readBytes(c, limitBytes);
  const mediaType = (headerOf(c, "content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  try {
    return { mediaType, text: utf8.decode(bytes) };
  } catch {
    throw new AppError("malformed", "The body is not valid UTF-8.");
  }
}

/** Parses JSON; throws `malformed` with the position where it stops being JSON, `invalid` for text that JSON can carry but nobody should store. */
export function parseJson(text: string): unknown {
  if (deeperThan(text, maxDepth)) throw new AppError("malformed", `The JSON is nested deeper than ${maxDepth} levels.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const position = /at position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
    throw new AppError("malformed", `The body is not valid JSON${position ? ` (at character ${position})` : ""}.`);
  }
  // Only an escape can put these in, so texts without one are not walked through.
  if (suspectEscape.test(text)) {
    const fields = unstorable(value, "").map((pointer) => ({
      pointer,
      message: "The text holds a NUL or half of a surrogate pair.",
    }));
    if (fields.length > 0) throw new AppError("invalid", "The body holds text that cannot be stored.", { fields });
  }
  return value;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
const suspectEscape = /\\u(?:0000|d[89a-f])/i;
const loneSurrogateOrNul = /\p{Surrogate}|\0/u;
const maxDepth = 64;

async function readBytes(c: Context, limitBytes: number): Promise<Uint8Array> {
  // On the Node server the socket is read directly: a web stream over it costs more than the rest of the request.
  const incoming: unknown = c.env?.incoming;
  if (incoming instanceof IncomingMessage) return readIncoming(incoming, limitBytes);
  const stream = c.req.raw.body;
  if (stream === null) return new Uint8Array(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the stream.
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > limitBytes) throw tooLarge(limitBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function readIncoming(incoming: IncomingMessage, limitBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const onData = (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size <= limitBytes) chunks.push(chunk);
      else stop(() => reject(tooLarge(limitBytes)));
    };
    const onEnd = () => stop(() => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    const onBroken = () => stop(() => reject(new AppError("malformed", "The body ended before it was complete.")));
    const stop = (then: () => void) => {
      incoming.off("data", onData).off("end", onEnd).off("error", onBroken).off("close", onBroken);
      then();
    };
    incoming.on("data", onData).on("end", onEnd).on("error", onBroken).on("close", onBroken);
  });
}

function tooLarge(limitBytes: number): AppError {
  return new AppError("too-large", `The body is larger than ${limitBytes} bytes.`);
}

/** Deep nesting would exhaust the stack of whatever walks the value later. Brackets inside strings do not count. */
function deeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (quoted) {
      if (code === 0x5c) i++;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > limit) return true;
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
  return false;
}

function unstorable(value: unknown, pointer: string): string[] {
  if (typeof value === "string") return loneSurrogateOrNul.test(value) ? [pointer] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    loneSurrogateOrNul.test(key)
      ? [pointer]
      : unstorable(item, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`),
  );
}
