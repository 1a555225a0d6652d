import { canonicalJson } from "../domain/hash.ts";
import type { LeadId } from "../domain/ids.ts";
import { type ConsentRecord, consentRecord } from "../domain/lead.ts";
import { makeStoredJson } from "../domain/stored-json.ts";
import { makePreparedQuery, type Param } from "../store/prepared-query.ts";
import type { Queries, Trx } from "../store/store.ts";
import type { Page, RecordedConsent } from "./crm.ts";

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
 * The newest record per channel and purpose, by when it was given; of one instant, the one recorded last. What is only
 * pending takes a yes back and leaves a no in force.
 */
export function makeNewestConsents(): (db: Queries, id: LeadId) => Promise<readonly ConsentRecord[]> {
  const history = makePreparedQuery(historyQuery);
  return async (db, id) => {
    const newest = new Map<string, ConsentRecord>();
    for (const row of await history(db, { lead: id })) {
      const key = `${row.channel}/${row.purpose}`;
      const record = parse(row.record_json);
      const before = newest.get(key);
      if (record.status !== "pending" || !before || before.status === "granted") newest.set(key, record);
    }
    return [...newest.values()];
  };
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
    .select(["channel", "purpose", "record_json"])
    .where("lead_id", "=", param("lead"))
    .orderBy("at")
    .orderBy("consent_id");
}

const parse = makeStoredJson("consent record", consentRecord, 10_000);

/** Equal records have equal texts: RFC 8785, and no end is no end, however it is said. */
function toText({ expiresAt, ...record }: ConsentRecord): string {
  return canonicalJson(expiresAt === null || expiresAt === undefined ? record : { ...record, expiresAt });
}
