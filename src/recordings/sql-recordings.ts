import { createHash } from "node:crypto";
import { decisionResult, resultText } from "../domain/decision-result.ts";
import { type DecisionId, decisionId, idsFrom } from "../domain/ids.ts";
import { parseStored } from "../domain/stored-json.ts";
import type { Clock } from "../runtime/runtime.ts";
import { makePreparedQuery, type Param } from "../store/prepared-query.ts";
import type { Queries } from "../store/store.ts";
import { keptReads } from "./kept-reads.ts";
import type { RecordedSettings, Recording, Recordings, StoredRecording } from "./recording.ts";
import { makeSettingsStore } from "./settings-store.ts";
import { recordedReads } from "./stored-reads.ts";

interface RecordingsDeps {
  readonly clock: Clock;
  /** Under what decisions are made now. */
  readonly settings: () => RecordedSettings;
  /** 0: nothing is recorded, and what was is deleted. */
  readonly keptDays: number;
}

/** One row per attempt that came to rest. Settings stand once, under their digest. */
export function makeRecordings({ clock, settings, keptDays }: RecordingsDeps): Recordings {
  const keptSettings = makeSettingsStore({ clock, settings });
  const insert = makePreparedQuery(insertQuery);
  const cutoff = () => clock.now() - keptDays * dayMs;
  return {
    isOn: keptDays > 0,

    async add(trx, recording) {
      if (keptDays === 0) return;
      const { decisionId: id, attempt, reads, record } = recording;
      const text = resultText(decisionResult(record));
      await insert(trx, {
        id,
        attempt,
        at: reads.now,
        settings: await keptSettings.keep(trx),
        reads: JSON.stringify(keptReads(reads)),
        digest: digestOf(text),
        result: isOverwritten(record) ? text : null,
      });
    },

    async ofDecision(db, id) {
      const rows = await db
        .selectFrom("recordings as r")
        .leftJoin("recording_settings as s", "s.digest", "r.settings")
        .select(["r.attempt", "r.reads_json", "r.result_digest", "r.result_json", "s.body_json"])
        .where("r.decision_id", "=", id)
        .orderBy("r.attempt")
        .execute();
      return rows.map(
        (row): StoredRecording => ({
          attempt: row.attempt,
          reads: parseStored("recording", recordedReads, row.reads_json),
          settings: keptSettings.read(row.body_json),
          digest: row.result_digest,
          result: row.result_json,
        }),
      );
    },

    async decisions(db, { since, until, limit }) {
      let query = db.selectFrom("recordings").select("decision_id").distinct().orderBy("decision_id", "desc");
      if (since !== null) query = query.where("decision_id", ">=", idsFrom("dec", since));
      if (until !== null) query = query.where("decision_id", "<", idsFrom("dec", until));
      return (await query.limit(limit).execute()).map((row): DecisionId => decisionId.parse(row.decision_id));
    },

    async forget(trx, lead) {
      const { numDeletedRows } = await trx
        .deleteFrom("recordings")
        .where("decision_id", "in", trx.selectFrom("decisions").select("decision_id").where("lead_id", "=", lead))
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },

    async isDue(db) {
      return (await dueQuery(db, cutoff(), 1).execute()).length > 0;
    },

    async sweep(trx, limit) {
      const due = await dueQuery(trx, cutoff(), limit).execute();
      for (const { decision_id, attempt } of due) {
        await trx
          .deleteFrom("recordings")
          .where("decision_id", "=", decision_id)
          .where("attempt", "=", attempt)
          .execute();
      }
      if (due.length > 0) await keptSettings.sweep(trx, cutoff());
      return due.length;
    },
  };
}

const dayMs = 86_400_000;

/** What is held or asked runs again, and its record is then another's. */
function isOverwritten({ status }: Recording["record"]): boolean {
  return status === "held" || status === "awaiting-approval";
}

function digestOf(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

/** An id is never younger than the attempts of its decision, so the key bounds what is looked at. */
function dueQuery(db: Queries, before: number, limit: number) {
  return db
    .selectFrom("recordings")
    .select(["decision_id", "attempt"])
    .where("decision_id", "<", idsFrom("dec", before))
    .where("at", "<", before)
    .orderBy("decision_id")
    .limit(limit);
}

interface Row {
  readonly id: string;
  readonly attempt: number;
  readonly at: number;
  readonly settings: string;
  readonly reads: string;
  readonly digest: string;
  readonly result: string | null;
}

function insertQuery(db: Queries, param: Param<Row>) {
  return db.insertInto("recordings").values({
    decision_id: param("id"),
    attempt: param("attempt"),
    at: param("at"),
    settings: param("settings"),
    reads_json: param("reads"),
    result_digest: param("digest"),
    result_json: param("result"),
  });
}
