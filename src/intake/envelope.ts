import type { z } from "zod";
import type { TermIndex } from "../deployment/deployment.ts";
import type { FieldError } from "../domain/errors.ts";
import { type CloudEventEnvelope, cloudEventEnvelope, eventData, type LeadEvent } from "../domain/event.ts";
import { readTraceparent } from "../domain/traceparent.ts";
import { jsonProblems, toPointer } from "./json-text.ts";
import type { Upcasters } from "./upcasters.ts";

export type ParsedEnvelope =
  | { readonly ok: true; readonly event: LeadEvent; readonly envelope: CloudEventEnvelope }
  | { readonly ok: false; readonly fields: readonly FieldError[] };

export interface EnvelopeRules {
  readonly terms: Pick<TermIndex, "problem">;
  readonly upcasters: Upcasters;
  readonly limits: TimeLimits;
}

/** How far an event's time may lie from now, in milliseconds: clocks differ, and what is old leads to nothing. */
export interface TimeLimits {
  readonly futureMs: number;
  readonly pastMs: number;
}
export const timeLimits: TimeLimits = { futureMs: 5 * 60_000, pastMs: 30 * 86_400_000 };

/**
 * Reads one CloudEvents 1.0 object (structured mode). Never throws: whatever it is given, it answers the event, or a
 * JSON pointer to each field that keeps it from being one. Without a `time`, it happened now.
 */
export function parseEnvelope(value: unknown, now: number, rules: EnvelopeRules): ParsedEnvelope {
  const unwritable = jsonProblems(value);
  if (unwritable.length > 0) return { ok: false, fields: unwritable };
  const parsed = cloudEventEnvelope.safeParse(value);
  if (!parsed.success) return { ok: false, fields: toFields(parsed.error.issues, []) };

  const envelope = parsed.data;
  const time = envelope.time === undefined ? now : Date.parse(envelope.time);
  const fields = [...attributeProblems(envelope), ...timeProblems("/time", time, now, rules.limits)];
  const reading = readEvent(envelope, time, rules.upcasters);
  if (!reading.ok) return { ok: false, fields: [...fields, ...reading.fields] };
  fields.push(...dataProblems(reading.event, now, rules));
  return fields.length > 0 ? { ok: false, fields } : { ok: true, event: reading.event, envelope };
}

/** The event that an envelope of any known version stands for; of a stored one, too, which can be older than this code. */
export function readEvent(
  envelope: CloudEventEnvelope,
  time: number,
  upcasters: Upcasters,
): { readonly ok: true; readonly event: LeadEvent } | { readonly ok: false; readonly fields: readonly FieldError[] } {
  const type = upcasters.newest(envelope.type);
  if (type === null) return { ok: false, fields: [unknownType(envelope.type, upcasters)] };
  const older = upcasters.upcast(envelope.type, envelope.data);
  if (!older.ok) return { ok: false, fields: toFields(older.issues, ["data"]) };
  const data = eventData[type].safeParse(older.data);
  if (!data.success) return { ok: false, fields: toFields(data.error.issues, ["data"]) };
  const { source, id, subject } = envelope;
  const trace = traceparentOf(envelope);
  // The compiler cannot follow that the schema was picked by this very type.
  return { ok: true, event: { type, source, id, time, subject, data: data.data, ...trace } as LeadEvent };
}

function unknownType(type: string, { known }: Upcasters): FieldError {
  const name = type.replace(/\.v[0-9]+$/, "");
  const versions = known.filter((each) => each.startsWith(`${name}.v`));
  const message =
    versions.length > 0
      ? `this version is not known; known: ${versions.join(", ")}`
      : `this type is not known; known: ${known.join(", ")}`;
  return { pointer: "/type", message };
}

/** CloudEvents 1.0.2, section 3: extension attributes have lower-case names and simple values; they are kept. */
function attributeProblems(envelope: CloudEventEnvelope): FieldError[] {
  const problems: FieldError[] = [];
  const { datacontenttype } = envelope;
  if (datacontenttype !== undefined && !jsonContentType.test(datacontenttype)) {
    problems.push({ pointer: "/datacontenttype", message: "has to be application/json" });
  }
  for (const [name, value] of Object.entries(envelope)) {
    if (Object.hasOwn(cloudEventEnvelope.shape, name)) continue;
    const pointer = toPointer([name]);
    if (name === "data_base64") problems.push({ pointer, message: "is not read; give JSON in data" });
    else if (!attributeName.test(name)) {
      problems.push({ pointer, message: "is not an attribute name (lower-case letters and digits)" });
    } else if (typeof value === "object" && value !== null) {
      problems.push({ pointer, message: "an extension attribute is text, a number or a boolean" });
    }
  }
  return problems;
}

function timeProblems(pointer: string, time: number, now: number, limits: TimeLimits): FieldError[] {
  if (time > now + limits.futureMs) {
    return [{ pointer, message: `lies more than ${limits.futureMs / 60_000} minutes in the future` }];
  }
  if (time < now - limits.pastMs) return [{ pointer, message: `is older than ${limits.pastMs / 86_400_000} days` }];
  return [];
}

/** What the data's schema alone cannot see. */
function dataProblems(event: LeadEvent, now: number, { terms, limits }: EnvelopeRules): FieldError[] {
  if (event.type === "lead.consent-changed.v1") {
    const { purpose, at } = event.data.consent;
    const problem = terms.problem("purposes", purpose);
    // A consent may be as old as it likes; it cannot have been given tomorrow.
    const future = timeProblems("/data/consent/at", Date.parse(at), now, { ...limits, pastMs: Number.MAX_VALUE });
    return [...(problem === null ? [] : [{ pointer: "/data/consent/purpose", message: problem }]), ...future];
  }
  if (event.type === "asset.grant-revoked.v1") {
    if (event.subject === event.data.assetId) return [];
    return [{ pointer: "/subject", message: "is the asset, and has to be the same as /data/assetId" }];
  }
  const at = "at" in event.data ? event.data.at : undefined;
  return at === undefined ? [] : timeProblems("/data/at", Date.parse(at), now, limits);
}

function toFields(issues: readonly z.core.$ZodIssue[], under: readonly string[]): FieldError[] {
  return issues.flatMap((issue) => {
    const path = [...under, ...issue.path];
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({ pointer: toPointer([...path, key]), message: "is not a known field" }));
    }
    return [{ pointer: toPointer(path), message: issue.message }];
  });
}

/** One that is not well-formed is kept as it came and means nothing: a sender's tracing must not cost it its event. */
function traceparentOf({ traceparent }: CloudEventEnvelope): { traceparent?: string } {
  return typeof traceparent === "string" && readTraceparent(traceparent) ? { traceparent } : {};
}

const jsonContentType = /^application\/json\s*(;.*)?$/i;
const attributeName = /^[a-z0-9]+$/;
