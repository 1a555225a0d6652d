import { isRefusal } from "../domain/consent-standing.ts";
import { canonicalJson } from "../domain/hash.ts";
import type { LeadId } from "../domain/ids.ts";
import { type ConsentRecord, consentRecord } from "../domain/lead.ts";
import { makeStoredJson } from "../domain/stored-json.ts";
import { makePreparedQuery, type Param } from "../store/prepared-query.ts";
import type { Queries, Trx } from "../store/store.ts";
import type { Page, RecordedConsent } from "./crm.ts";
import { leadIdsOfPerson } from "./lead-rows.ts";

/**
 * Adds what the history does not hold yet, and returns it. A record that was there already is not added again: a
 * re-import must not bring an old consent back behind a withdrawal of the same instant.
 */
export async function addNewConsents(
  trx: Trx,
  id: LeadId,
  records: readonly ConsentRecord[],
  { now, by }: { readonly now: number; readonly by: string },
): Promise<readonly ConsentRecord[]> {
  if (records.length === 0) return [];
  const stored = await trx.selectFrom("consents").select("record_json").where("lead_id", "=", id).execute();
  const known = new Set(stored.map((row) => row.record_json));
  const added: ConsentRecord[] = [];
  for (const record of records) {
    const text = toText(record);
    if (known.has(text)) continue;
    known.add(text);
    const { channel, purpose } = record;
    await trx
      .insertInto("consents")
      .values({
        lead_id: id,
        channel,
        purpose,
        record_json: text,
        at: Date.parse(record.at),
        recorded_at: now,
        recorded_by: by,
      })
      .execute();
    added.push(record);
  }
  return added;
}

/**
 * What counts of the history, per channel and purpose: the last no, and of each basis the newest record after it. One
 * basis does not hide another (an inquiry ends no consent), and a yes does not hide the no before it, which stands again
 * when the yes has run out. What is only pending takes a yes of its basis back and leaves a no in force. A no counts that
 * was said under another lead id of the same e-mail address; a yes is of its own lead alone.
 */
export function makeCountingConsents(): (db: Queries, id: LeadId) => Promise<readonly ConsentRecord[]> {
  const history = makePreparedQuery(historyQuery);
  return async (db, id) => {
    const words = new Map<string, Word>();
    for (const row of await history(db, { lead: id })) {
      const key = `${row.channel}/${row.purpose}`;
      const word = words.get(key) ?? { no: null, since: new Map() };
      const record = parse(row.record_json);
      if (row.lead_id === id || isRefusal(record)) words.set(key, added(word, record));
    }
    return [...words.values()].flatMap(({ no, since }) => [...(no ? [no] : []), ...since.values()]);
  };
}

interface Word {
  readonly no: ConsentRecord | null;
  /** By basis. */
  readonly since: ReadonlyMap<ConsentRecord["basis"], ConsentRecord>;
}

/** Records come in the order of when they were given. Of one instant, a no is the last word. */
function added({ no, since }: Word, record: ConsentRecord): Word {
  if (isRefusal(record)) return { no: record, since: new Map() };
  const isEmpty = record.status === "pending" && no !== null && !since.has(record.basis);
  if (isEmpty || (no !== null && Date.parse(record.at) <= Date.parse(no.at))) return { no, since };
  return { no, since: new Map(since).set(record.basis, record) };
}

/** Everything that was recorded, as it came in: newest first, those before the consent id `after`. */
export async function consentHistory(db: Queries, id: LeadId, page: Page): Promise<readonly RecordedConsent[]> {
  let query = db
    .selectFrom("consents")
    .select(["consent_id", "record_json", "recorded_at", "recorded_by"])
    .where("lead_id", "=", id)
    .orderBy("consent_id", "desc")
    .limit(page.limit);
  if (page.after !== null) query = query.where("consent_id", "<", Number(page.after));
  return (await query.execute()).map((row) => ({
    consentId: row.consent_id,
    record: parse(row.record_json),
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
  }));
}

function historyQuery(db: Queries, param: Param<{ lead: string }>) {
  return db
    .selectFrom("consents")
    .select(["lead_id", "channel", "purpose", "record_json"])
    .where("lead_id", "in", leadIdsOfPerson(param("lead")))
    .orderBy("at")
    .orderBy("consent_id");
}

const parse = makeStoredJson("consent record", consentRecord, 10_000);

/** Equal records have equal texts: RFC 8785, and no end is no end, however it is said. */
function toText({ expiresAt, ...record }: ConsentRecord): string {
  return canonicalJson(expiresAt === null || expiresAt === undefined ? record : { ...record, expiresAt });
}
