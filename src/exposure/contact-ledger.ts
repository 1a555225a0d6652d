import type { Clock } from "../runtime/runtime.ts";
import { makePreparedQuery, type Param } from "../store/prepared-query.ts";
import type { Queries, Trx } from "../store/store.ts";
import { contactWindow, type WindowKind } from "./contact-window.ts";
import type { Contact, ContactLedger, ContactWindow } from "./exposure.ts";

/**
 * Caps rest on the database: a standing row is unique on lead, purpose, window start and ordinal, so of two workers
 * that go for the same ordinal one gets it and the other looks again.
 */
export function makeContactLedger({ clock }: { clock: Clock }): ContactLedger {
  const windowOf = makeWindowCache();
  const standing = makePreparedQuery(standingQuery);
  const ownContacts = makePreparedQuery(ownQuery);
  const insert = makePreparedQuery(insertQuery);
  return {
    window: ({ window }, timezone, now) => windowOf(window, timezone, now),

    async taken(db, lead, purpose, window, except) {
      const contacts = await standing(db, { lead, purpose, ...window });
      return contacts.filter((contact) => contact.decision_id !== except).length;
    },

    async takenOfAccount(db, account, { start, end }, except) {
      const { taken } = await db
        .selectFrom("leads")
        .innerJoin("contact_ledger", "contact_ledger.lead_id", "leads.lead_id")
        .select((contact) => contact.fn.count<number>("contact_ledger.decision_id").distinct().as("taken"))
        .where("leads.account_id", "=", account)
        .where("contact_ledger.created_at", ">=", start)
        .where("contact_ledger.created_at", "<", end)
        .where("contact_ledger.freed_at", "is", null)
        .where("contact_ledger.decision_id", "!=", except)
        .executeTakeFirstOrThrow();
      return Number(taken);
    },

    async take(trx, contact) {
      const [own] = await ownContacts(trx, { decisionId: contact.decisionId });
      return own ? true : takeLowest(trx, contact);
    },

    async renew(trx, contact) {
      const contacts = await standing(trx, { lead: contact.lead, purpose: contact.purpose, ...contact.window });
      return contacts.some(({ decision_id }) => decision_id === contact.decisionId) || takeLowest(trx, contact);
    },

    async free(trx, decisionId) {
      await trx
        .updateTable("contact_ledger")
        .set({ freed_at: clock.now() })
        .where("decision_id", "=", decisionId)
        .where("freed_at", "is", null)
        .execute();
    },
  };

  async function takeLowest(trx: Trx, { lead, purpose, window, cap, decisionId }: Contact): Promise<boolean> {
    for (;;) {
      const contacts = await standing(trx, { lead, purpose, ...window });
      if (contacts.length >= cap) return false;
      const ordinal = lowestFree(contacts.filter((contact) => contact.window_start === window.start));
      const at = clock.now();
      const [inserted] = await insert(trx, { lead, purpose, start: window.start, ordinal, decisionId, at });
      if (inserted) return true;
    }
  }
}

/**
 * Contacts that count in the window: those taken for it, and those made within it under another window start (the
 * lead's time zone or the playbook's kind of window was another then), so that such a change lets nobody be contacted
 * more often.
 */
function standingQuery(db: Queries, param: Param<{ lead: string; purpose: string; start: number; end: number }>) {
  return db
    .selectFrom("contact_ledger")
    .select(["window_start", "ordinal", "decision_id"])
    .where("lead_id", "=", param("lead"))
    .where("purpose", "=", param("purpose"))
    .where("freed_at", "is", null)
    .where((contact) =>
      contact.or([
        contact("window_start", "=", param("start")),
        contact.and([contact("created_at", ">=", param("start")), contact("created_at", "<", param("end"))]),
      ]),
    );
}

function ownQuery(db: Queries, param: Param<{ decisionId: string }>) {
  return db
    .selectFrom("contact_ledger")
    .select("contact_id")
    .where("decision_id", "=", param("decisionId"))
    .where("freed_at", "is", null);
}

/** Gives the row, or none when another contact stands on the ordinal. */
function insertQuery(
  db: Queries,
  param: Param<{ lead: string; purpose: string; start: number; ordinal: number; decisionId: string; at: number }>,
) {
  return db
    .insertInto("contact_ledger")
    .values({
      lead_id: param("lead"),
      purpose: param("purpose"),
      window_start: param("start"),
      ordinal: param("ordinal"),
      decision_id: param("decisionId"),
      created_at: param("at"),
      freed_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("contact_id");
}

/** Ordinals count from 1. */
function lowestFree(contacts: readonly { readonly ordinal: number }[]): number {
  const used = new Set(contacts.map((contact) => contact.ordinal));
  let ordinal = 1;
  while (used.has(ordinal)) ordinal += 1;
  return ordinal;
}

const windowLimit = 2000;

/** The last window per zone and kind answers as long as `now` is inside it. */
function makeWindowCache(): typeof contactWindow {
  const latest = new Map<string, ContactWindow>();
  return (kind: WindowKind, timezone: string, now: number) => {
    const key = `${kind} ${timezone}`;
    const known = latest.get(key);
    if (known && known.start <= now && now < known.end) return known;
    const window = contactWindow(kind, timezone, now);
    if (latest.size >= windowLimit) latest.clear();
    latest.set(key, window);
    return window;
  };
}
