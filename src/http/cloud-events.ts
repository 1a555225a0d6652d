import type { Context } from "hono";
import { AppError } from "../domain/errors.ts";
import { headerOf } from "./headers.ts";
import { parseJson, readBody } from "./request-body.ts";

/** What the request carries: one envelope, or several to be accepted or refused one by one. */
export type ReceivedEvents =
  | { readonly batch: false; readonly envelope: unknown }
  | { readonly batch: true; readonly envelopes: readonly unknown[] };

/** The most events of one batch. */
export const maxBatch = 500;

/**
 * CloudEvents 1.0 over HTTP (its HTTP protocol binding 1.0.2): structured (`application/cloudevents+json`, or plain
 * JSON that has a `specversion`), binary (`ce-*` headers, the body is the data) and batched
 * (`application/cloudevents-batch+json`, at most 500 events).
 */
export async function readCloudEvents(c: Context, limitBytes: number): Promise<ReceivedEvents> {
  const { mediaType, text } = await readBody(c, limitBytes);
  switch (mediaType) {
    case "application/cloudevents+json":
      return { batch: false, envelope: parseJson(text) };
    case "application/cloudevents-batch+json":
      return { batch: true, envelopes: batchOf(parseJson(text)) };
    case "application/json": {
      const attributes = binaryAttributes(c);
      const value = parseJson(text);
      return { batch: false, envelope: attributes === null ? value : { ...attributes, data: value } };
    }
    default:
      throw new AppError(
        "unsupported-media-type",
        "Send application/cloudevents+json, application/cloudevents-batch+json, or application/json.",
      );
  }
}

function batchOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new AppError("invalid", "A batch is a JSON array of CloudEvents.");
  if (value.length > maxBatch) throw new AppError("too-large", `A batch holds at most ${maxBatch} events.`);
  return value;
}

/** Null without `ce-specversion`: the request is not in binary mode. */
function binaryAttributes(c: Context): Record<string, unknown> | null {
  if (headerOf(c, "ce-specversion") === undefined) return null;
  const attributes: Record<string, unknown> = { datacontenttype: "application/json" };
  for (const [name, value] of c.req.raw.headers) {
    const attribute = /^ce-([a-z0-9]{1,64})$/.exec(name)?.[1];
    if (attribute === undefined) {
      if (name.startsWith("ce-")) throw badHeader(name, "is not an attribute name (lower-case letters and digits)");
    } else if (attribute === "data" || attribute === "datacontenttype") {
      throw badHeader(name, "is not sent as a header: the body is the data, Content-Type says its type");
    } else attributes[attribute] = headerValue(name, value);
  }
  return attributes;
}

/** Percent-decoding, binding section 3.1.3.2: quotes off, `%xx` sequences are UTF-8, anything else as it stands. */
function headerValue(name: string, value: string): string {
  const bare = /^"(.*)"$/s.exec(value)?.[1]?.replace(/\\(.)/g, "$1") ?? value;
  try {
    const decoded = decodeURIComponent(bare.replace(/%(?![0-9A-Fa-f]{2})/g, "%25"));
    if (/[\0\p{Surrogate}]/u.test(decoded)) throw badHeader(name, "holds a NUL or half of a surrogate pair");
    return decoded;
  } catch {
    throw badHeader(name, "is not percent-encoded UTF-8");
  }
}

function badHeader(name: string, words: string): AppError {
  const fields = [{ pointer: `/${name.slice(3)}`, message: `The header ${words}.` }];
  return new AppError("malformed", `A CloudEvents header cannot be read.`, { fields });
}
