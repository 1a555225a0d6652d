import fc from "fast-check";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lead, openRecords, type Records } from "../../test/support/records.ts";
import { accountInput } from "../domain/account.ts";
import { accountId, type LeadId, leadId } from "../domain/ids.ts";
import { consentRecord, type LeadInput, leadInput } from "../domain/lead.ts";
import { isCompanyEmail } from "./company-email.ts";
import { leadIdsOfPerson } from "./lead-rows.ts";

let records: Records;
beforeEach(async () => {
  records = await openRecords();
});
afterEach(() => records.close());

const input = (over: object = {}): LeadInput =>
  leadInput.parse({
    leadId: lead,
    name: "Jana Novak",
    email: "Jana.Novak@Acme.example",
    country: "DE",
    stage: "evaluation",
    persona: "revops",
    company: { name: "Acme", industry: "logistics" },
    productInterest: ["core"],
    ...over,
  });
const consent = (over: object = {}) =>
  consentRecord.parse({
    channel: "email",
    purpose: "nurture",
    basis: "consent",
    status: "granted",
    at: "2026-01-01T00:00:00Z",
    ...over,
  });
const put = (given: LeadInput) => records.store.write((trx) => records.crm.putLead(trx, given));
const rights = () => records.crm.rights(records.store.read, lead);

describe("a lead", () => {
  test("is created, then replaced whole", async () => {
    expect(await put(input())).toBe("created");
    expect(await put(input({ name: "Jana Nova", email: undefined, persona: undefined }))).toBe("replaced");
    const found = await records.crm.lead(records.store.read, lead);
    expect(found).toEqual({
      leadId: lead,
      facts: expect.not.objectContaining({ persona: expect.anything() }),
      hasCompanyEmail: false,
      hasEmail: false,
      updatedAt: records.runtime.clock.now(),
    });
    expect(await records.crm.identity(records.store.read, lead)).toEqual({ name: "Jana Nova" });
    expect((await records.audited("lead.changed")).map((body) => body.change)).toEqual(["created", "replaced"]);
  });

  test("keeps no identifier in the clear, in any row", async () => {
    await put(input({ phone: "+4930123456" }));
    expect(await records.crm.identity(records.store.read, lead)).toEqual({
      name: "Jana Novak",
      email: "Jana.Novak@Acme.example",
      phone: "+4930123456",
    });
    const tables = ["leads", "consents", "audit_entries", "person_keys"] as const;
    for (const table of tables) {
      const text = Buffer.from(
        JSON.stringify(await records.store.read.selectFrom(table).selectAll().execute()),
      ).toString();
      expect(text).not.toMatch(/Jana|Novak|acme\.example|4930123456/i);
    }
    const row = await records.store.read.selectFrom("leads").selectAll().executeTakeFirstOrThrow();
    expect(row.email_hash).toBe(records.vault.lookupHash("email", "jana.novak@acme.example"));
    expect(row.has_company_email).toBe(1);
  });

  test("is named in the log by its pseudonym alone", async () => {
    await put(input({ consents: [consent()] }));
    const entries = await records.store.read.selectFrom("audit_entries").selectAll().execute();
    expect(entries.map((entry) => entry.kind).sort()).toEqual(["consent.changed", "lead.changed"]);
    for (const entry of entries) {
      expect(entry.subject).toBe("lead");
      expect(entry.body).not.toContain(lead);
      expect(JSON.parse(entry.body).lead).toMatch(/^psn_/);
    }
  });

  test("is refused with a pointer to each unknown term, and nothing is stored", async () => {
    const wrong = input({
      persona: "wizard",
      company: { name: "Acme", industry: "alchemy" },
      productInterest: ["core", "philosophers-stone"],
      consents: [consent({ purpose: "gold-making" })],
    });
    await expect(put(wrong)).rejects.toMatchObject({
      code: "invalid",
      fields: [
        { pointer: "/company/industry" },
        { pointer: "/persona" },
        { pointer: "/productInterest/1" },
        { pointer: "/consents/0/purpose" },
      ],
    });
    expect(await records.crm.lead(records.store.read, lead)).toBeNull();
  });

  test("that is unknown has no record, no identity and no rights", async () => {
    expect(await records.crm.lead(records.store.read, lead)).toBeNull();
    expect(await records.crm.identity(records.store.read, lead)).toBeNull();
    expect(await rights()).toEqual({ consents: [], suppressions: [] });
  });

  test("that was erased has no identity any more", async () => {
    await put(input());
    await records.store.write((trx) => records.vault.erase(trx, `lead:${lead}`));
    expect(await records.crm.identity(records.store.read, lead)).toBeNull();
  });

  test("changes stage and opportunity, and is read anew within the same millisecond", async () => {
    await put(input());
    await records.crm.lead(records.store.read, lead);
    await records.store.write((trx) => records.crm.setStage(trx, lead, "decision"));
    await records.store.write((trx) => records.crm.setOpportunity(trx, lead, { id: "O-9", stage: "proposal" }));
    const found = await records.crm.lead(records.store.read, lead);
    expect(found?.facts).toMatchObject({ stage: "decision", opportunity: { id: "O-9" }, persona: "revops" });
    await records.store.write((trx) => records.crm.setStage(trx, lead, "decision"));
    expect(await records.audited("lead.changed")).toHaveLength(3);
  });

  test("that is unknown has no stage to change", async () => {
    await records.store.write((trx) => records.crm.setStage(trx, lead, "decision"));
    expect(await records.crm.lead(records.store.read, lead)).toBeNull();
  });

  test("is listed in pages by id", async () => {
    for (const id of ["L-3", "L-1", "L-2"]) await put(input({ leadId: id }));
    const page = (after: string | null) => records.crm.listLeads(records.store.read, { after, limit: 2 });
    expect((await page(null)).map((found) => found.leadId)).toEqual(["L-1", "L-2"]);
    expect((await page("L-2")).map((found) => found.leadId)).toEqual(["L-3"]);
  });
});

describe("consents", () => {
  test("count by when they were given, whatever the order of arrival", async () => {
    const given = fc.record({
      channel: fc.constantFrom("web", "email"),
      status: fc.constantFrom("granted", "withdrawn"),
      day: fc.integer({ min: 1, max: 9 }),
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(given, { maxLength: 8 }), async (history) => {
        const id = input({ leadId: `L-p${run++}` }).leadId;
        const made = history.map(({ channel, status, day }, i) =>
          consent({ channel, status, at: `2026-02-0${day}T00:00:00Z`, evidence: `e-${i}` }),
        );
        for (const record of made) await records.store.write((trx) => records.crm.addConsent(trx, id, record));
        const { consents } = await records.crm.rights(records.store.read, id);
        for (const channel of ["web", "email"] as const) {
          const own = made.filter((record) => record.channel === channel);
          const latest = (some: typeof own) => {
            const days = some.map((record) => record.at).sort();
            return some.filter((record) => record.at === days.at(-1)).slice(-1);
          };
          const no = latest(own.filter(({ status }) => status === "withdrawn"));
          const yes = latest(own.filter(({ status, at }) => status === "granted" && no.every((one) => one.at < at)));
          const expected = [...no, ...yes];
          expect(consents.filter((record) => record.channel === channel)).toEqual(expected);
        }
      }),
      { numRuns: 50 },
    );
  });

  test("of a re-import are added once, and do not bring back what was withdrawn at the same instant", async () => {
    await put(input({ consents: [consent(), consent({ expiresAt: null })] }));
    await records.store.write((trx) => records.crm.addConsent(trx, lead, consent({ status: "withdrawn" })));
    await put(input({ consents: [consent()] }));
    expect((await rights()).consents).toEqual([consent({ status: "withdrawn" })]);
    const rows = await records.store.read.selectFrom("consents").selectAll().execute();
    expect(rows).toHaveLength(2);
    expect(await records.audited("consent.changed")).toHaveLength(2);
  });

  test("of different offsets are compared as instants", async () => {
    const later = consent({ at: "2026-01-01T00:30:00Z", status: "withdrawn" });
    const earlier = consent({ at: "2026-01-01T01:00:00+01:00" });
    await put(input({ consents: [later, earlier] }));
    expect((await rights()).consents).toEqual([later]);
  });

  test("of the future are refused, and so cannot stand before a withdrawal", async () => {
    await put(input({ consents: [consent({ status: "withdrawn" })] }));
    const inMs = (ms: number) => new Date(records.runtime.clock.now() + ms).toISOString();
    const tomorrow = consent({ at: inMs(86_400_000) });
    await expect(put(input({ consents: [consent(), tomorrow] }))).rejects.toMatchObject({
      code: "invalid",
      fields: [{ pointer: "/consents/1/at" }],
    });
    const adding = records.store.write((trx) => records.crm.addConsent(trx, lead, tomorrow));
    await expect(adding).rejects.toMatchObject({ code: "invalid", fields: [{ pointer: "/at" }] });
    expect((await rights()).consents).toEqual([consent({ status: "withdrawn" })]);
    // Clocks differ.
    await put(input({ consents: [consent({ at: inMs(60_000) })] }));
  });

  test("that are only pending take a yes back, and leave a no in force", async () => {
    const on = (day: number, status: string) => consent({ status, at: `2026-02-0${day}T00:00:00Z` });
    await put(input({ consents: [on(1, "granted"), on(2, "pending")] }));
    expect((await rights()).consents).toEqual([on(2, "pending")]);
    await put(input({ consents: [on(3, "withdrawn"), on(4, "pending")] }));
    expect((await rights()).consents).toEqual([on(3, "withdrawn")]);
    await put(input({ consents: [on(5, "granted")] }));
    expect((await rights()).consents).toEqual([on(3, "withdrawn"), on(5, "granted")]);
  });

  test("on one basis do not hide those on another, nor the no before them", async () => {
    const on = (day: number, basis: string, status = "granted") =>
      consent({ basis, status, at: `2026-02-0${day}T00:00:00Z` });
    await put(input({ consents: [on(1, "consent"), on(2, "inquiry"), on(3, "existing-customer", "pending")] }));
    expect((await rights()).consents).toEqual([
      on(1, "consent"),
      on(2, "inquiry"),
      on(3, "existing-customer", "pending"),
    ]);
    await put(input({ consents: [on(4, "consent", "withdrawn")] }));
    expect((await rights()).consents).toEqual([on(4, "consent", "withdrawn")]);
    const again = consent({ at: "2026-02-05T00:00:00Z", expiresAt: "2026-02-06T00:00:00Z" });
    await put(input({ consents: [again] }));
    expect((await rights()).consents).toEqual([on(4, "consent", "withdrawn"), again]);
  });

  test("for a purpose that the taxonomy lacks are refused", async () => {
    const adding = records.store.write((trx) => records.crm.addConsent(trx, lead, consent({ purpose: "gold-making" })));
    await expect(adding).rejects.toMatchObject({ code: "invalid", fields: [{ pointer: "/purpose" }] });
  });
});

test("a suppression is kept once per scope, also for a lead not known yet, and its words stay out of the log", async () => {
  const suppress = (scope: "email" | "all", reason: string) =>
    records.store.write((trx) => records.crm.suppress(trx, lead, scope, reason));
  await suppress("email", "Jana asked");
  records.runtime.advance(5);
  await suppress("email", "again");
  await suppress("all", "objected");
  const at = records.runtime.clock.now();
  expect((await rights()).suppressions).toEqual([
    { scope: "all", reason: "objected", at },
    { scope: "email", reason: "Jana asked", at: at - 5 },
  ]);
  const log = await records.audited("lead.suppressed");
  expect(log.map((body) => body.scope)).toEqual(["email", "all"]);
  expect(JSON.stringify(log)).not.toContain("Jana");
});

describe("a person with two lead ids", () => {
  const other = leadId.parse("L-form");
  const noMail = { email: undefined };
  const rightsOf = (id: LeadId) => records.crm.rights(records.store.read, id);
  const both = async (first: object = {}, second: object = {}) => {
    await put(input(first));
    await put(input({ leadId: other, email: "jana.novak@ACME.example", ...second }));
  };
  const suppress = (id: LeadId, scope: "email" | "all", reason: string) =>
    records.store.write((trx) => records.crm.suppress(trx, id, scope, reason));

  test("has opted out under both once it did under one, also before the other came in", async () => {
    await put(input());
    await suppress(lead, "email", "unsubscribed");
    await put(input({ leadId: other, email: "jana.novak@ACME.example" }));
    const at = records.runtime.clock.now();
    expect((await rightsOf(other)).suppressions).toEqual([{ scope: "email", reason: "unsubscribed", at }]);
    records.runtime.advance(5);
    await suppress(other, "email", "again");
    await suppress(other, "all", "complained");
    const first = [
      { scope: "all", reason: "complained", at: at + 5 },
      { scope: "email", reason: "unsubscribed", at },
    ];
    expect((await rightsOf(lead)).suppressions).toEqual(first);
    expect((await rightsOf(other)).suppressions).toEqual(first);
  });

  test("has said no under both, and yes under one alone", async () => {
    const on = (day: number, over: object) => consent({ at: `2026-02-0${day}T00:00:00Z`, ...over });
    const [yes, no] = [on(1, {}), on(2, { status: "withdrawn" })];
    const declined = on(2, { channel: "web", status: "declined" });
    await both({ consents: [yes, no, declined, on(3, { channel: "chat" })] }, { consents: [yes] });
    expect((await rightsOf(other)).consents).toEqual([no, declined]);
    const again = on(4, {});
    await put(input({ leadId: other, email: "jana.novak@ACME.example", consents: [again] }));
    expect((await rightsOf(other)).consents).toEqual([no, again, declined]);
    expect((await rightsOf(lead)).consents).toEqual([no, declined, on(3, { channel: "chat" })]);
  });

  test.each([
    ["another address", {}, { email: "someone.else@acme.example" }],
    ["no address", noMail, noMail],
    ["one address of two", {}, noMail],
  ])("is not taken for whoever has %s", async (_what, first, second) => {
    await both(first, second);
    await suppress(lead, "all", "complained");
    await records.store.write((trx) => records.crm.addConsent(trx, lead, consent({ status: "withdrawn" })));
    expect(await rightsOf(other)).toEqual({ consents: [], suppressions: [] });
  });

  test("is found by indexes", async () => {
    const plan = async (table: "suppressions" | "consents") => {
      const ids = leadIdsOfPerson(sql.val<string>(lead));
      const query = sql<{
        detail: string;
      }>`explain query plan select * from ${sql.table(table)} where lead_id in ${ids}`;
      return (await query.execute(records.store.read)).rows.map((row) => row.detail);
    };
    for (const table of ["suppressions", "consents"] as const)
      expect((await plan(table)).filter((detail) => /^SCAN (?!CONSTANT)/.test(detail))).toEqual([]);
  });
});

test.each([
  ["a@acme.example", true],
  ["A@GMAIL.com", false],
  ["a@mail.yahoo.co.uk", false],
  ["a@notgmail.com", true],
  ["a@gmail.com.acme.example", true],
])("%s is a company's address: %s", (email, expected) => {
  expect(isCompanyEmail(email)).toBe(expected);
});

describe("accounts and opportunities", () => {
  const account = (id: string) => accountId.parse(id);
  const read = () => records.store.read;
  const facts = async (id: LeadId = lead) => (await records.crm.lead(read(), id))?.facts;

  test("the account that nobody described follows the leads that name it; a described one does not", async () => {
    await put(input({ accountId: "A-1" }));
    const before = await records.crm.account(read(), account("A-1"));
    expect(before).toMatchObject({ facts: { name: "Acme", industry: "logistics" }, isFromLead: true });
    await put(input({ accountId: "A-1", company: undefined }));
    expect((await facts())?.company).toEqual({ name: "Acme", industry: "logistics" });
    await records.store.write((trx) =>
      records.crm.putAccount(trx, accountInput.parse({ accountId: "A-1", name: "Acme plc", country: "GB" })),
    );
    expect((await facts())?.company).toEqual({ name: "Acme plc" });
    await put(input({ accountId: "A-1", company: { name: "Other" } }));
    expect((await records.crm.account(read(), account("A-1")))?.facts.name).toBe("Acme plc");
    expect((await facts())?.company).toEqual({ name: "Other" });
    expect(await records.audited("account.changed")).toMatchObject([
      { accountId: "A-1", fromLead: true },
      { accountId: "A-1", fromLead: false },
    ]);
  });

  test("a deal is one record for all who take part", async () => {
    const other = leadId.parse("L-2");
    const deal = { id: "any words: 9/1", stage: "demo", openedAt: "2026-01-01T00:00:00Z" };
    await put(input({ accountId: "A-1", opportunity: deal }));
    await put(input({ leadId: other, opportunity: { id: deal.id, stage: "proposal" } }));
    const now = { ...deal, stage: "proposal" };
    expect((await facts())?.opportunity).toEqual(now);
    expect((await facts(other))?.opportunity).toEqual(now);
    await records.store.write((trx) =>
      records.crm.setOpportunity(trx, other, { id: deal.id, stage: "won", amountMinor: 5, currency: "EUR" }),
    );
    expect((await facts())?.opportunity).toEqual({ ...now, stage: "won", amountMinor: 5, currency: "EUR" });
    const changes = await records.audited("opportunity.changed");
    expect(changes.map((body) => body.accountId)).toEqual(["A-1", "A-1", "A-1"]);
    // The same again is no change.
    await records.store.write((trx) => records.crm.setOpportunity(trx, other, { id: deal.id, stage: "won" }));
    expect(await records.audited("opportunity.changed")).toHaveLength(3);
    await put(input({ leadId: other }));
    expect((await facts(other))?.opportunity).toBeUndefined();
  });

  test("a consent is kept with who recorded it; the same again is not recorded twice", async () => {
    await put(input({ consents: [consent()] }));
    await records.store.write((trx) => records.crm.addConsent(trx, lead, consent({ status: "withdrawn" }), "key_1"));
    await records.store.write((trx) => records.crm.addConsent(trx, lead, consent({ status: "withdrawn" }), "key_2"));
    const history = await records.crm.consentHistory(read(), lead, { after: null, limit: 10 });
    expect(history.map(({ record, recordedBy }) => [record.status, recordedBy])).toEqual([
      ["withdrawn", "key_1"],
      ["granted", "import"],
    ]);
    const older = await records.crm.consentHistory(read(), lead, { after: String(history[0]?.consentId), limit: 10 });
    expect(older).toEqual(history.slice(1));
  });
});
