import { z } from "zod";
import { assetStatus } from "../domain/asset.ts";
import { endorserFacts } from "../domain/endorser.ts";
import { grantTerms } from "../domain/grant.ts";
import { canonicalJson } from "../domain/hash.ts";
import { parseStored } from "../domain/stored-json.ts";
import type { Queries, Trx } from "../store/store.ts";
import type { HistoryEntry, HistoryOf, HistoryPage } from "./catalogue.ts";

/** Writes down what was done to a record. No direct identifier may be in it: it outlives an erasure. */
export async function recordHistory<R extends keyof HistoryOf>(
  trx: Trx,
  record: R,
  id: string,
  entry: HistoryOf[R] & { readonly reason?: string | undefined; readonly by: string; readonly at: number },
): Promise<void> {
  const { change, details, reason, by, at } = entry;
  await trx
    .insertInto("catalogue_history")
    .values({
      record,
      record_id: id,
      change,
      details_json: canonicalJson(details),
      reason: reason ?? null,
      by,
      at,
    })
    .execute();
}

/** Newest first: the entries before the history id `after`. */
export async function readHistory<R extends keyof HistoryOf>(
  db: Queries,
  record: R,
  id: string,
  { after, limit }: HistoryPage,
): Promise<readonly HistoryEntry<R>[]> {
  let query = db
    .selectFrom("catalogue_history")
    .selectAll()
    .where("record", "=", record)
    .where("record_id", "=", id)
    .orderBy("history_id", "desc")
    .limit(limit);
  if (after !== null) query = query.where("history_id", "<", Number(after));
  const schema: z.ZodType<HistoryOf[R]> = entrySchemas[record];
  return (await query.execute()).map((row) => {
    const text = `{"change":${JSON.stringify(row.change)},"details":${row.details_json}}`;
    const entry = parseStored(`history of ${record}`, schema, text);
    return { ...entry, historyId: row.history_id, reason: row.reason, by: row.by, at: row.at };
  });
}

const version = z.strictObject({ version: z.int(), contentSha: z.string() });
const tie = z.strictObject({ grantId: z.string() });
const tied = z.strictObject({ assetId: z.string() });

const entrySchemas: { readonly [R in keyof HistoryOf]: z.ZodType<HistoryOf[R]> } = {
  asset: z.discriminatedUnion("change", [
    z.strictObject({ change: z.enum(["created", "versioned"]), details: version }),
    z.strictObject({ change: z.literal("rolled-back"), details: version.extend({ toContentOf: z.int() }) }),
    z.strictObject({
      change: z.literal("status-changed"),
      details: z.strictObject({ from: assetStatus, to: assetStatus }),
    }),
    z.strictObject({ change: z.enum(["grant-attached", "grant-detached"]), details: tie }),
  ]),
  grant: z.discriminatedUnion("change", [
    z.strictObject({
      change: z.enum(["added", "changed"]),
      details: z.strictObject({ before: grantTerms.nullable(), after: grantTerms }),
    }),
    z.strictObject({ change: z.literal("revoked"), details: z.strictObject({}) }),
    z.strictObject({ change: z.enum(["attached", "detached"]), details: tied }),
  ]),
  endorser: z.strictObject({
    change: z.enum(["added", "changed"]),
    details: z.strictObject({
      before: endorserFacts.nullable(),
      after: endorserFacts,
      nameChanged: z.boolean(),
    }),
  }),
};
