import { z } from "zod";
import type { RecordedConsent } from "../../crm/crm.ts";
import { type ConsentStanding, consentStanding, consentWord, isRefusal } from "../../domain/consent-standing.ts";
import { AppError } from "../../domain/errors.ts";
import { type LeadId, leadId } from "../../domain/ids.ts";
import { consentRecord, suppressionScope } from "../../domain/lead.ts";
import { channelName, instant, term } from "../../domain/vocabulary.ts";
import type { AddEndpoint } from "../endpoint.ts";
import type { HttpDeps } from "../http.ts";
import { afterOf, pageQuery, toPage } from "../paging.ts";
import { isoTime } from "../shapes.ts";

const byId = z.strictObject({ id: leadId });
const standings = [
  "granted",
  "pending",
  "withdrawn",
  "declined",
  "expired",
  "suppressed",
] as const satisfies readonly ConsentStanding[];

const consents = z.strictObject({
  items: z.array(
    z.strictObject({
      consentId: z.int(),
      record: consentRecord,
      recordedAt: instant,
      recordedBy: z.string().nullable().describe("An API key's id or the way in; null where that was not kept yet"),
    }),
  ),
  nextCursor: z.string().nullable(),
  standing: z.array(
    z.strictObject({ channel: channelName, purpose: term, standing: z.enum(standings), record: consentRecord }),
  ),
  suppressions: z.array(z.strictObject({ scope: suppressionScope, reason: z.string(), at: instant })),
});

export const consentExample = {
  channel: "email",
  purpose: "nurture",
  basis: "consent",
  status: "granted",
  at: "2026-03-04T10:15:00Z",
  evidence: "form:pricing-2026",
  noticeVersion: "2026-03",
  doubleOptInAt: "2026-03-04T10:20:00Z",
};
const shownExample = {
  items: [
    {
      consentId: 12,
      record: consentExample,
      recordedAt: "2026-03-04T10:20:01.000Z",
      recordedBy: "key_01JD00000000000000000000AB",
    },
  ],
  nextCursor: null,
  standing: [{ channel: "email", purpose: "nurture", standing: "granted", record: consentExample }],
  suppressions: [],
};

/** What a lead has said yes and no to, and what of it stands. */
export function addConsentRoutes(add: AddEndpoint, deps: HttpDeps): void {
  add({
    method: "get",
    path: "/v1/leads/{id}/consents",
    tag: "leads",
    summary: "The lead's consents: what was recorded, and how it stands",
    description:
      "`items` is the history, newest first, with evidence and who recorded it. `standing` is what counts of it now, per channel " +
      "and purpose: a no, unless a yes that stands came after it, and the newest word on each basis since: `expired` when " +
      "a yes has run out, `suppressed` under an objection or unsubscribe. " +
      "Whether a yes is needed, or enough, is decided by the lead's country at each decision.",
    needs: "leads:read",
    params: byId,
    query: z.strictObject(pageQuery),
    answers: { 200: { description: "The consents", schema: consents, example: shownExample } },
    handle: async ({ params: { id }, query }) => ({ status: 200, body: await consentsOf(id, query, deps) }),
  });

  add({
    method: "post",
    path: "/v1/leads/{id}/consents",
    tag: "leads",
    summary: "Record a consent, or its withdrawal",
    description:
      "A withdrawal takes effect at once: slots judge it at each viewing, and what is queued or waits for a person is " +
      "judged by it before it goes out. Nothing is ever removed from the history.",
    needs: "leads:write",
    params: byId,
    body: consentRecord,
    example: consentExample,
    answers: { 201: { description: "Recorded; the consents as they stand now", schema: consents } },
    async handle({ params: { id }, body, caller }) {
      await verifyKnown(id, deps);
      await deps.store.write((trx) => deps.crm.addConsent(trx, id, body, caller.keyId));
      return { status: 201, body: await consentsOf(id, { limit: 50 }, deps) };
    },
  });
}

async function consentsOf(id: LeadId, query: { limit: number; cursor?: string | undefined }, deps: HttpDeps) {
  await verifyKnown(id, deps);
  const { limit, cursor } = query;
  const page = { after: afterOf("consents", cursor), limit: limit + 1 };
  const rows = await deps.crm.consentHistory(deps.store.read, id, page);
  const rights = await deps.crm.rights(deps.store.read, id);
  const now = deps.runtime.clock.now();
  return {
    ...toPage("consents", rows, limit, { id: (row) => String(row.consentId), item: shownConsent }),
    standing: rights.consents
      .filter((record) => !isRefusal(record) || consentWord(rights.consents, { ...record, now }).objected)
      .map((record) => ({
        channel: record.channel,
        purpose: record.purpose,
        standing: consentStanding(record, rights.suppressions, now),
        record,
      })),
    suppressions: rights.suppressions.map((one) => ({ ...one, at: isoTime(one.at) })),
  };
}

function shownConsent({ recordedAt, ...consent }: RecordedConsent) {
  return { ...consent, recordedAt: isoTime(recordedAt) };
}

async function verifyKnown(id: LeadId, deps: HttpDeps): Promise<void> {
  if ((await deps.crm.lead(deps.store.read, id)) === null)
    throw new AppError("not-found", "There is no lead of this id.");
}
