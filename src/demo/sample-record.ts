import { z } from "zod";
import { parseStored } from "../domain/stored-json.ts";
import type { Queries, Trx } from "../store/store.ts";
import type { SampleRecord } from "./demo.ts";

/** Remembers which leads and assets came with the sample, in the transaction that loads it. */
export async function rememberSample(trx: Trx, sample: SampleRecord): Promise<void> {
  const value = JSON.stringify(sample);
  await trx
    .insertInto("meta")
    .values({ key: metaKey, value })
    .onConflict((conflict) => conflict.column("key").doUpdateSet({ value }))
    .execute();
}

/** Null when this deployment did not load the sample. */
export async function readSampleRecord(db: Queries): Promise<SampleRecord | null> {
  const row = await db.selectFrom("meta").select("value").where("key", "=", metaKey).executeTakeFirst();
  return row ? parseStored("sample record", stored, row.value) : null;
}

const metaKey = "sample";
const stored = z.object({ leads: z.array(z.string()), assets: z.array(z.string()) });
