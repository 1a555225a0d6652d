import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  asset,
  contentFor,
  lead,
  openRecords,
  publicationOf,
  putAsset,
  type Records,
} from "../../test/support/records.ts";
import { leadInput } from "../domain/lead.ts";
import { makeIntake } from "./accept-event.ts";
import { makeInbox } from "./sql-inbox.ts";

let records: Records;
let accepted: number;
const terms = { problem: () => null };

beforeEach(async () => {
  records = await openRecords();
  accepted = 0;
  const input = leadInput.parse({ leadId: lead, name: "Ada Moreau", country: "DE", stage: "evaluation" });
  await records.store.write((trx) => records.crm.putLead(trx, input));
});
afterEach(() => records.close());

function open(inboxLimit = 1000) {
  const { runtime, ...rest } = records;
  const intake = makeIntake({ ...rest, ...runtime, terms, limits: { inboxLimit }, onAccepted: () => void accepted++ });
  return { intake, inbox: makeInbox({ vault: records.vault, clock: runtime.clock }) };
}

const event = (type: string, data: unknown, more: Record<string, unknown> = {}) => ({
  specversion: "1.0",
  id: "evt-1",
  source: "/crm",
  type,
  subject: lead,
  data,
  ...more,
});
const chat = (text = "Is it hard to set up?", more = {}) => event("lead.chat-message.v1", { text }, more);
const rows = (table: "inbox" | "decisions" | "audit_entries" | "outcomes") =>
  records.store.read.selectFrom(table).selectAll().execute();
const countAll = async () => [
  (await rows("inbox")).length,
  (await rows("decisions")).length,
  (await rows("outcomes")).length,
];

async function acceptNew(value: unknown) {
  const answer = await open().intake.accept(value);
  if (answer.outcome !== "accepted") throw new Error(JSON.stringify(answer));
  return answer;
}

describe("an accepted event", () => {
  it("is stored with its decision and its audit entry, sealed, and can be read again", async () => {
    const { inbox } = open();
    const { eventId, decisionId } = await acceptNew(chat("Call me: Ada, +49 30 1234567", { traceparent: "00-1" }));
    expect(accepted).toBe(1);
    const { clock } = records.runtime;
    expect(await records.decisions.get(records.store.read, decisionId)).toMatchObject({
      status: "received",
      eventId,
      leadId: lead,
    });
    const [row] = await rows("inbox");
    expect(row).toMatchObject({ event_id: eventId, state: "ready", fence: 0, attempts: 0, accepted_at: clock.now() });
    expect(Buffer.from(row?.sealed_event ?? []).toString("latin1")).not.toContain("Call me");
    const [entry] = await records.audited("event.accepted");
    expect(entry).toMatchObject({ subject: eventId, type: "lead.chat-message.v1", decisionId });
    // Under the lead's own key: the plain digest of so little could be guessed.
    expect(entry?.digest).toMatch(/^hmac-sha256:[0-9a-f]{64}$/);
    expect(entry?.lead).toMatch(/^psn_/);
    expect(JSON.stringify(entry)).not.toContain(lead);
    expect(await inbox.event(records.store.read, eventId)).toEqual({
      type: "lead.chat-message.v1",
      source: "/crm",
      id: "evt-1",
      time: clock.now(),
      subject: lead,
      data: { text: "Call me: Ada, +49 30 1234567" },
    });
  });

  it("can be claimed in the commit that accepts it", async () => {
    const { runtime, ...rest } = records;
    const inbox = makeInbox({ vault: records.vault, clock: runtime.clock });
    const order: string[] = [];
    const claims: Promise<void>[] = [];
    const claim = () =>
      rest.store.write(async (trx) => {
        const leases = await inbox.lease(trx, "worker", 10, runtime.clock.now(), 1000);
        trx.afterCommit(() => order.push("committed"));
        order.push(`claimed ${leases.length}`);
      });
    const onAccepted = () => void claims.push(claim());
    const intake = makeIntake({ ...rest, ...runtime, terms, limits: { inboxLimit: 10 }, onAccepted });
    order.push((await intake.accept(chat())).outcome);
    await Promise.all(claims);
    // Were it a commit of its own, it would be begun after the answer.
    expect(order).toEqual(["claimed 1", "committed", "accepted"]);
    expect(await rows("inbox")).toMatchObject([{ state: "leased", attempts: 1 }]);
  });

  it("keeps SQL, HTML and every script's letters as data", async () => {
    const text = `'); DROP TABLE inbox; -- <script>alert("x")</script> {{7*7}} 😀 日本語 \\u0000 %00`;
    const { eventId } = await acceptNew(chat(text, { source: `"; --<b>`, id: "' OR 1=1" }));
    expect(await open().inbox.event(records.store.read, eventId)).toMatchObject({
      data: { text },
      source: `"; --<b>`,
      id: "' OR 1=1",
    });
  });

  it("cannot be read once its lead was erased", async () => {
    const { eventId } = await acceptNew(chat());
    const { inbox } = open();
    expect(await inbox.event(records.store.read, eventId)).not.toBeNull();
    await records.store.write((trx) => records.vault.erase(trx, `lead:${lead}`));
    records.runtime.advance(2000);
    expect(await inbox.event(records.store.read, eventId)).toBeNull();
  });
});

describe("the same source and id", () => {
  it("with the same content answers the same ids, whatever order its fields are in", async () => {
    const first = await acceptNew(event("lead.form-submitted.v1", { form: "demo", message: "Hello" }));
    const again = event("lead.form-submitted.v1", { message: "Hello", form: "demo" }, { time: "2026-11-23T08:00:00Z" });
    expect(await open().intake.accept(again)).toEqual({ ...first, outcome: "repeated" });
    expect(await countAll()).toEqual([1, 1, 0]);
    expect(accepted).toBe(1);
  });

  it.each([
    ["data", chat("Other words")],
    ["type", event("lead.email-replied.v1", { text: "Is it hard to set up?" })],
  ])("with other %s is a conflict, and changes nothing", async (_, other) => {
    await acceptNew(chat());
    expect(await open().intake.accept(other)).toMatchObject({ outcome: "refused", code: "conflict" });
    expect(await countAll()).toEqual([1, 1, 0]);
  });

  it("from another source is another event", async () => {
    const first = await acceptNew(chat());
    const second = await acceptNew(chat(undefined, { source: "/other" }));
    expect(second.eventId).not.toBe(first.eventId);
  });

  it("a hundred times at once is one event", async () => {
    const { intake } = open();
    const answers = await Promise.all(Array.from({ length: 100 }, () => intake.accept(chat())));
    expect(answers.filter(({ outcome }) => outcome === "accepted")).toHaveLength(1);
    expect(answers.filter(({ outcome }) => outcome === "repeated")).toHaveLength(99);
    expect(new Set(answers.map((answer) => (answer.outcome === "refused" ? null : answer.decisionId))).size).toBe(1);
    expect(await countAll()).toEqual([1, 1, 0]);
    expect(await records.audited("event.accepted")).toHaveLength(1);
  });
});

describe("an effect", () => {
  it("adds a consent", async () => {
    const consent = {
      channel: "email",
      purpose: "nurture",
      basis: "consent",
      status: "granted",
      at: "2026-11-01T00:00:00Z",
    };
    await acceptNew(event("lead.consent-changed.v1", { consent }));
    expect((await records.crm.rights(records.store.read, lead)).consents).toMatchObject([consent]);
  });

  it("moves the stage, and the deal without losing when it was opened", async () => {
    const facts = async () => (await records.crm.lead(records.store.read, lead))?.facts;
    await acceptNew(event("lead.stage-changed.v1", { to: "decision" }));
    expect((await facts())?.stage).toBe("decision");
    const openedAt = "2026-10-01T00:00:00Z";
    await records.store.write((trx) => records.crm.setOpportunity(trx, lead, { id: "O-9", stage: "demo", openedAt }));
    await acceptNew(event("opportunity.changed.v1", { id: "O-9", stage: "proposal", amountMinor: 100 }, { id: "2" }));
    expect((await facts())?.opportunity).toEqual({ id: "O-9", stage: "proposal", amountMinor: 100, openedAt });
    await acceptNew(event("opportunity.changed.v1", { id: "O-10", stage: "demo" }, { id: "3" }));
    expect((await facts())?.opportunity).toEqual({ id: "O-10", stage: "demo" });
  });

  it("does not lead the lead back to a stage that came in late", async () => {
    const stage = async () => (await records.crm.lead(records.store.read, lead))?.facts.stage;
    const changed = (to: string, minutesAgo: number, more = {}) => {
      const time = new Date(records.runtime.clock.now() - minutesAgo * 60_000).toISOString();
      return acceptNew(event("lead.stage-changed.v1", { to }, { id: `${to}-${minutesAgo}`, time, ...more }));
    };
    await changed("decision", 5);
    await changed("consideration", 10);
    expect(await stage()).toBe("decision");
    // Of one instant the one that comes in last counts, as it did before senders gave a time.
    await changed("onboarding", 5);
    expect(await stage()).toBe("onboarding");
    const other = leadInput.parse({ leadId: "L-2", country: "DE", stage: "evaluation" });
    await records.store.write((trx) => records.crm.putLead(trx, other));
    await changed("renewal", 20, { subject: "L-2" });
    expect((await records.crm.lead(records.store.read, other.leadId))?.facts.stage).toBe("renewal");
  });

  it.each([
    ["outcome.unsubscribed.v1", "email"],
    ["outcome.complained.v1", "all"],
  ])("of %s suppresses %s", async (type, scope) => {
    await acceptNew(event(type, { channel: "email" }));
    expect((await records.crm.rights(records.store.read, lead)).suppressions).toMatchObject([{ scope }]);
    expect(await rows("outcomes")).toMatchObject([{ lead_id: lead, publication_id: null, channel: "email" }]);
  });

  it("records an outcome of the lead's own publication, and refuses another's", async () => {
    const made = publicationOf(records, { decisionId: await records.openDecision() });
    await records.store.write((trx) => records.publications.publish(trx, made));
    const clicked = (more = {}) =>
      event(
        "outcome.clicked.v1",
        { channel: "web", publicationId: made.publicationId, at: "2026-11-23T08:00:00Z" },
        more,
      );
    const { eventId } = await acceptNew(clicked());
    expect(await rows("outcomes")).toEqual([
      {
        event_id: eventId,
        lead_id: lead,
        publication_id: made.publicationId,
        channel: "web",
        kind: "clicked",
        at: Date.UTC(2026, 10, 23, 8),
      },
    ]);
    const other = leadInput.parse({ leadId: "L-2", country: "DE", stage: "evaluation" });
    await records.store.write((trx) => records.crm.putLead(trx, other));
    expect(await open().intake.accept(clicked({ id: "2", subject: "L-2" }))).toMatchObject({
      code: "invalid",
      fields: [{ pointer: "/data/publicationId" }],
    });
    expect(await rows("outcomes")).toHaveLength(1);
  });

  it("of a revoked grant is the recall itself, in one transaction, with nothing left to run", async () => {
    await putAsset(records);
    const made = publicationOf(records, { decisionId: await records.openDecision(), content: contentFor() });
    await records.store.write((trx) => records.publications.publish(trx, made));
    const data = { assetId: asset, reason: "Grace Ito left the company" };
    const { eventId, decisionId } = await acceptNew(event("asset.grant-revoked.v1", data, { subject: asset }));
    expect(accepted).toBe(0);
    const { read } = records.store;
    expect((await records.catalogue.rights(read, asset)).grants).toMatchObject([
      { revokedAt: records.runtime.clock.now() },
    ]);
    expect((await records.publications.get(read, made.publicationId))?.state).toBe("withdrawn");
    expect(await records.decisions.get(read, decisionId)).toMatchObject({
      status: "no-action",
      reason: "recall",
      leadId: "none",
    });
    const { inbox, intake } = open();
    expect(await inbox.depth(read)).toMatchObject({ ready: 0 });
    expect(await inbox.event(read, eventId)).toMatchObject({ subject: asset, data });
    const unknown = event("asset.grant-revoked.v1", { assetId: "a-0" }, { id: "2", subject: "a-0" });
    expect(await intake.accept(unknown)).toMatchObject({ code: "invalid", fields: [{ pointer: "/subject" }] });
  });
});

describe("a refusal", () => {
  it("of an unknown lead says what to do first, and stores nothing", async () => {
    const answer = await open().intake.accept(chat("Hello", { subject: "L-404" }));
    expect(answer).toMatchObject({
      outcome: "refused",
      code: "invalid",
      fields: [{ pointer: "/subject", message: expect.stringContaining("PUT /v1/leads/L-404 first") }],
    });
    expect(await countAll()).toEqual([0, 0, 0]);
    expect(await records.store.read.selectFrom("person_keys").select("person_id").execute()).toHaveLength(1);
  });

  it("never repeats the words of the event", async () => {
    const answer = await open().intake.accept(event("lead.chat-message.v1", { text: 1, secret: "Ada Moreau" }));
    expect(answer).toMatchObject({ code: "invalid", fields: [{ pointer: "/data/text" }, { pointer: "/data/secret" }] });
    expect(JSON.stringify(answer)).not.toContain("Ada");
  });

  it("comes when too many wait, and ends when a worker has taken some", async () => {
    const { intake, inbox } = open(3);
    const numbered = Array.from({ length: 10 }, (_, i) => chat("Hello", { id: `evt-${i}` }));
    const answers = await Promise.all(numbered.map((value) => intake.accept(value)));
    expect(answers.filter(({ outcome }) => outcome === "accepted")).toHaveLength(3);
    for (const answer of answers.slice(3)) {
      expect(answer).toMatchObject({ outcome: "refused", code: "overloaded", retryAfterSeconds: 2 });
    }
    expect((await rows("inbox")).length).toBe(3);
    await records.store.write((trx) => inbox.lease(trx, "w", 2, records.runtime.clock.now(), 1000));
    records.runtime.advance(25);
    expect(await intake.accept(numbered[8])).toMatchObject({ outcome: "accepted" });
    expect(await intake.accept(numbered[9])).toMatchObject({ outcome: "accepted" });
    expect(await intake.accept(chat("Hello", { id: "more" }))).toMatchObject({ code: "overloaded" });
  });
});
