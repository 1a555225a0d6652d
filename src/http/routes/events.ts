import type { Context } from "hono";
import { z } from "zod";
import { decision } from "../../domain/decision.ts";
import { AppError } from "../../domain/errors.ts";
import { cloudEventEnvelope } from "../../domain/event.ts";
import { decisionId, eventId } from "../../domain/ids.ts";
import { readTraceparent } from "../../domain/traceparent.ts";
import { instant } from "../../domain/vocabulary.ts";
import type { Acceptance, DeadLetter } from "../../intake/intake.ts";
import { maxBatch, readCloudEvents } from "../cloud-events.ts";
import type { AddEndpoint, Answer } from "../endpoint.ts";
import { problem, toProblem } from "../errors.ts";
import { headerOf } from "../headers.ts";
import type { HttpDeps } from "../http.ts";
import { afterOf, pageOf, pageQuery, toPage } from "../paging.ts";
import { waitSeconds, waitUntilRested } from "../prefer-wait.ts";

const accepted = z.strictObject({ eventId, decisionId, status: z.enum(["accepted", "repeated"]) });
const batchItem = z.union([accepted, z.strictObject({ status: z.literal("refused"), problem })]);
const deadLetter = z.strictObject({
  eventId,
  decisionId,
  type: z.string(),
  subject: z.string(),
  acceptedAt: instant,
  attempts: z.int(),
  lastError: z.string().nullable(),
});

/** Events in, and the ones that could not be worked off. */
export function addEventRoutes(add: AddEndpoint, deps: HttpDeps): void {
  add({
    method: "post",
    path: "/v1/events",
    tag: "events",
    summary: "Accept one CloudEvent, or a batch",
    description:
      `CloudEvents 1.0: structured, binary (ce-* headers) or batched (at most ${maxBatch}). What is accepted is on disk before it is ` +
      "answered; the same source and id with the same content answers the same ids. The events of a batch are accepted " +
      "or refused one by one. `Prefer: wait=N` waits up to N seconds (at most 30) and answers 200 with the decision.",
    needs: "events:write",
    bodies: {
      "application/cloudevents+json": cloudEventEnvelope,
      "application/json": cloudEventEnvelope,
      "application/cloudevents-batch+json": z.array(cloudEventEnvelope).max(maxBatch),
    },
    answers: {
      200: { description: "The decision, which came to rest within the wait", schema: decision },
      202: {
        description: "Accepted",
        schema: z.union([accepted, z.strictObject({ items: z.array(batchItem) })]),
      },
    },
    async handle({ c, requestId }): Promise<Answer> {
      if (!deps.info.isReady()) throw new AppError("unavailable", "The service is starting or draining.");
      const received = await readCloudEvents(c, deps.limits.bodyBytes);
      if (received.batch) {
        const items = await Promise.all(
          received.envelopes.map((envelope) => acceptItem(traced(envelope, c), requestId, deps)),
        );
        return { status: 202, body: { items } };
      }
      const taken = toAccepted(await deps.intake.accept(traced(received.envelope, c)));
      const wait = waitSeconds(headerOf(c, "prefer"));
      const about = { decisionId: taken.decisionId, eventId: taken.eventId };
      if (wait === null) return { status: 202, body: taken, about };
      const rested = await waitUntilRested(deps, taken.decisionId, {
        timeoutMs: wait * 1000,
        isNew: taken.status === "accepted" && !isClosedAtOnce(received.envelope),
      });
      const headers = { "Preference-Applied": `wait=${wait}` };
      return rested === null
        ? { status: 202, body: taken, headers, about }
        : { status: 200, body: rested, headers, about };
    },
  });

  add({
    method: "get",
    path: "/v1/events/dead-letters",
    tag: "events",
    summary: "List the events that used up their attempts",
    needs: "events:replay",
    query: z.strictObject(pageQuery),
    answers: { 200: { description: "Oldest first", schema: pageOf(deadLetter) } },
    async handle({ query: { limit, cursor } }) {
      const page = { after: afterOf("dead-letters", cursor), limit: limit + 1 };
      const rows = await deps.deadLetters.list(deps.store.read, page);
      const shape = { id: (row: DeadLetter) => row.eventId, item: shownDeadLetter };
      return { status: 200, body: toPage("dead-letters", rows, limit, shape) };
    },
  });

  add({
    method: "post",
    path: "/v1/events/{id}/replay",
    tag: "events",
    summary: "Run a dead letter again",
    needs: "events:replay",
    params: z.strictObject({ id: eventId }),
    answers: { 202: { description: "It is in the inbox again", schema: z.strictObject({ eventId }) } },
    async handle({ params: { id } }) {
      const replayed = await deps.store.write((trx) => deps.deadLetters.replay(trx, id));
      if (!replayed) throw new AppError("not-found", "There is no dead letter of this id.");
      return { status: 202, body: { eventId: id }, about: { eventId: id } };
    },
  });
}

function toAccepted(acceptance: Acceptance) {
  if (acceptance.outcome !== "refused") {
    const { outcome, eventId, decisionId } = acceptance;
    return { eventId, decisionId, status: outcome };
  }
  const { code, message, fields, retryAfterSeconds } = acceptance;
  throw new AppError(code, message, { fields, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) });
}

/** The event with the request's trace, where it carries none of its own: the decision links to it, whenever it runs. */
function traced(envelope: unknown, c: Context): unknown {
  const traceparent = headerOf(c, "traceparent");
  if (traceparent === undefined || readTraceparent(traceparent) === null) return envelope;
  if (typeof envelope !== "object" || envelope === null || "traceparent" in envelope) return envelope;
  return { ...envelope, traceparent };
}

/** What is about an asset is carried out as it is accepted: nothing is left to run, and no word of it will come. */
function isClosedAtOnce(envelope: unknown): boolean {
  if (typeof envelope !== "object" || envelope === null || !("type" in envelope)) return false;
  return typeof envelope.type === "string" && envelope.type.startsWith("asset.");
}

/** One event's fault is its own: the others of the batch are not held up by it. */
async function acceptItem(envelope: unknown, requestId: string, deps: HttpDeps) {
  try {
    return toAccepted(await deps.intake.accept(envelope));
  } catch (error) {
    const told = toProblem(error, requestId).problem;
    if (told.status >= 500) deps.logger.error({ err: error, requestId }, "an event of a batch failed");
    return { status: "refused", problem: told };
  }
}

function shownDeadLetter(letter: DeadLetter) {
  return { ...letter, acceptedAt: new Date(letter.acceptedAt).toISOString() };
}
