import fc from "fast-check";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lead, openRecords, type Records } from "../../test/support/records.ts";
import { accountId, decisionId, leadId } from "../domain/ids.ts";
import { leadInput } from "../domain/lead.ts";
import { makeContactLedger } from "./contact-ledger.ts";
import type { ContactLedger, ContactWindow } from "./exposure.ts";

let records: Records;
let ledger: ContactLedger;
beforeEach(async () => {
  records = await openRecords();
  ledger = makeContactLedger({ clock: records.runtime.clock });
});
afterEach(() => records.close());

const newDecision = () => records.runtime.ids.next("dec");
const weekly = (count: number) => ({ count, window: "week" as const });
const thisWeek = () => ledger.window(weekly(1), "Europe/Berlin", records.runtime.clock.now());
const contact = (over: Partial<Parameters<ContactLedger["take"]>[1]> = {}) => ({
  ...{ lead, purpose: "nurture", window: thisWeek(), cap: 1, decisionId: newDecision() },
  ...over,
});
const take = (made: ReturnType<typeof contact>) => records.store.write((trx) => ledger.take(trx, made));
const free = (id: ReturnType<typeof newDecision>) => records.store.write((trx) => ledger.free(trx, id));
const standing = async () =>
  await records.store.read.selectFrom("contact_ledger").selectAll().where("freed_at", "is", null).execute();

test("a decision takes one contact, however often it asks", async () => {
  const made = contact({ cap: 2 });
  expect([await take(made), await take(made), await take({ ...made, window: { start: 0, end: 1 } })]).toEqual([
    true,
    true,
    true,
  ]);
  expect(await standing()).toHaveLength(1);
});

test("the cap holds per lead, purpose and window", async () => {
  const first = contact();
  expect(await take(first)).toBe(true);
  expect(await take(contact())).toBe(false);
  expect(await take(contact({ purpose: "onboarding" }))).toBe(true);
  expect(await take(contact({ lead: leadId.parse("L-2") }))).toBe(true);
  records.runtime.advance(7 * 86_400_000);
  expect(await take(contact())).toBe(true);
  const taken = (except: typeof first.decisionId) =>
    ledger.taken(records.store.read, lead, "nurture", first.window, except);
  expect(await taken(newDecision())).toBe(1);
  expect(await taken(first.decisionId)).toBe(0);
});

test("a freed ordinal is taken again, and what was freed stays on record", async () => {
  const [first, second] = [contact({ cap: 2 }), contact({ cap: 2 })];
  await take(first);
  await take(second);
  await free(first.decisionId);
  expect(await take(contact({ cap: 2 }))).toBe(true);
  expect((await standing()).map((row) => row.ordinal).sort()).toEqual([1, 2]);
  const all = await records.store.read.selectFrom("contact_ledger").selectAll().execute();
  expect(all).toHaveLength(3);
  // One that had its contact freed may take another.
  expect(await take({ ...first, cap: 3 })).toBe(true);
});

test("a lowered cap counts what stands, not the ordinals", async () => {
  const made = [contact({ cap: 3 }), contact({ cap: 3 }), contact({ cap: 3 })];
  for (const one of made) await take(one);
  await free(made[0]?.decisionId ?? newDecision());
  expect(await take(contact({ cap: 2 }))).toBe(false);
});

test("another time zone or kind of window gives no further contact in the same days", async () => {
  const { clock } = records.runtime;
  expect(await take(contact())).toBe(true);
  records.runtime.advance(3_600_000);
  for (const timezone of ["America/New_York", "Asia/Tokyo"]) {
    const window = ledger.window(weekly(1), timezone, clock.now());
    expect(await take(contact({ window }))).toBe(false);
    expect(await ledger.taken(records.store.read, lead, "nurture", window, newDecision())).toBe(1);
  }
  expect(await take(contact({ window: ledger.window({ count: 1, window: "day" }, "Asia/Tokyo", clock.now()) }))).toBe(
    false,
  );
});

test("never more than the cap stands, whoever takes and frees at once, and the lowest ordinals are used", async () => {
  type Step = { kind: "take" | "free"; who: number };
  const step: fc.Arbitrary<Step> = fc.record({
    kind: fc.constantFrom("take", "take", "free"),
    who: fc.integer({ min: 0, max: 7 }),
  });
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.integer({ min: 1, max: 4 }), async (steps, cap) => {
      const of = leadId.parse(`L-run-${run++}`);
      const decisions = Array.from({ length: 8 }, newDecision);
      const window: ContactWindow = thisWeek();
      const results = await Promise.all(
        steps.map(async ({ kind, who }) => {
          const id = decisions[who] ?? newDecision();
          return kind === "free" ? await free(id) : await take(contact({ lead: of, cap, window, decisionId: id }));
        }),
      );
      // The same steps against a set: works of the store run one after another, in the order they came.
      const model = new Set<number>();
      const expected = steps.map(({ kind, who }) => {
        if (kind === "free") {
          model.delete(who);
          return undefined;
        }
        const granted = model.has(who) || model.size < cap;
        if (granted) model.add(who);
        return granted;
      });
      expect(results).toEqual(expected);
      const rows = (await standing()).filter((row) => row.lead_id === of);
      expect(rows.map((row) => decisionId.parse(row.decision_id)).sort()).toEqual(
        [...model].map((who) => decisions[who]).sort(),
      );
      for (const row of rows) expect(row.ordinal).toBeLessThanOrEqual(cap);
    }),
    { numRuns: 40 },
  );
});

test("an account's contacts are those of all its leads, of any purpose, in the window, each decision once", async () => {
  const account = accountId.parse("A-1");
  const putLead = (id: string, of: string | undefined) =>
    records.store.write((trx) =>
      records.crm.putLead(trx, leadInput.parse({ leadId: id, country: "DE", stage: "evaluation", accountId: of })),
    );
  await putLead("L-1", "A-1");
  await putLead("L-2", "A-1");
  await putLead("L-3", "A-2");
  const [first, second] = [leadId.parse("L-1"), leadId.parse("L-2")];
  const ofAccount = (except = newDecision()) => ledger.takenOfAccount(records.store.read, account, thisWeek(), except);
  expect(await ofAccount()).toBe(0);
  const made = contact({ lead: first });
  await take(made);
  await take(contact({ lead: second, purpose: "onboarding" }));
  await take(contact({ lead: leadId.parse("L-3") }));
  expect(await ofAccount()).toBe(2);
  expect(await ofAccount(made.decisionId)).toBe(1);
  await free(made.decisionId);
  expect(await ofAccount()).toBe(1);
  records.runtime.advance(7 * 86_400_000);
  expect(await ofAccount()).toBe(0);
});

test("when another takes the ordinal between the look and the insert, it looks again", async () => {
  const made = contact({ cap: 2 });
  const rival = newDecision();
  // Nothing runs between the two on SQLite, so the database itself plays the rival that committed first.
  await records.store.write((trx) =>
    sql`create trigger rival before insert on contact_ledger when new.ordinal = 1 begin
      insert into contact_ledger (lead_id, purpose, window_start, ordinal, decision_id, created_at)
      values (new.lead_id, new.purpose, new.window_start, 1, ${sql.lit(rival)}, new.created_at);
    end`.execute(trx),
  );
  expect(await take(made)).toBe(true);
  expect((await standing()).map((row) => [row.decision_id, row.ordinal])).toEqual([
    [rival, 1],
    [made.decisionId, 2],
  ]);
});
