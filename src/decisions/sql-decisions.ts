import type { EditedFramings } from "../approvals/approvals.ts";
import { type Decision, decision, type PlacementRecord } from "../domain/decision.ts";
import { AppError } from "../domain/errors.ts";
import type { DecisionId } from "../domain/ids.ts";
import { fitStored, toJson } from "../domain/stored-json.ts";
import type { Clock } from "../runtime/runtime.ts";
import { makePreparedQuery, type Param } from "../store/prepared-query.ts";
import type { Queries, Trx } from "../store/store.ts";
import type { DecisionChange, Decisions } from "./decisions.ts";

interface DecisionsDeps {
  readonly clock: Clock;
  readonly framings: EditedFramings;
}

/** One row per decision: ids, status and times in columns, the rest of the record as JSON. */
export function makeDecisions({ clock, framings }: DecisionsDeps): Decisions {
  const insert = makePreparedQuery(insertQuery);
  const beginOne = makePreparedQuery(beginQuery);
  const rowOf = makePreparedQuery(rowQuery);
  const writeWhole = makePreparedQuery(writeWholeQuery);
  return {
    async open(trx, { decisionId, eventId, leadId }) {
      await insert(trx, { decisionId, eventId, leadId, now: clock.now() });
    },

    async begin(trx, ids) {
      for (const id of ids) await beginOne(trx, { id });
    },

    async get(db, id) {
      const [row] = await rowOf(db, { id });
      return row ? await withFramings(db, framings, toDecision(row)) : null;
    },

    async list(db, { leadId, status, after, limit }) {
      let query = db.selectFrom("decisions").select(columns).orderBy("decision_id", "desc").limit(limit);
      if (leadId !== undefined) query = query.where("lead_id", "=", leadId);
      if (status !== undefined) query = query.where("status", "=", status);
      if (after !== null) query = query.where("decision_id", "<", after);
      const rows = await query.execute();
      return await Promise.all(rows.map((row) => withFramings(db, framings, toDecision(row))));
    },

    async update(trx, id, change) {
      const { status, observed, ...part } = change;
      const record_json = await mergedRecord(trx, id, withoutFramings(part));
      if (status !== undefined && observed !== undefined && record_json !== null) {
        const whole = { id, status, observed: JSON.stringify(observed), record: record_json, now: clock.now() };
        if ((await writeWhole(trx, whole)).length === 0) throw unknownDecision(id);
        return;
      }
      const { numUpdatedRows } = await trx
        .updateTable("decisions")
        .set({
          updated_at: clock.now(),
          ...(status === undefined ? {} : { status }),
          ...(observed === undefined ? {} : { observed_json: JSON.stringify(observed) }),
          ...(record_json === null ? {} : { record_json }),
        })
        .where("decision_id", "=", id)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) throw unknownDecision(id);
    },

    async observed(db, id) {
      const row = await db
        .selectFrom("decisions")
        .select("observed_json")
        .where("decision_id", "=", id)
        .executeTakeFirst();
      return row?.observed_json ? toJson("observation", row.observed_json) : null;
    },
  };
}

type RecordPart = Omit<DecisionChange, "status" | "observed">;

/** What a record says of itself before anything is known. Its keys are those that the JSON holds. */
const blank: Required<RecordPart> = {
  reason: null,
  playbook: null,
  planner: null,
  rulesetVersion: null,
  placements: [],
  candidates: [],
  confidence: null,
  approval: null,
  wakeAt: null,
  attempt: 0,
  timingsMs: {},
};
const recordKeys = Object.keys(blank);

/** What a person wrote stands sealed with the answer that brought it, and nowhere else. */
function withoutFramings(part: RecordPart): RecordPart {
  if (!part.placements?.some(isEdited)) return part;
  return { ...part, placements: part.placements.map((one) => (isEdited(one) ? { ...one, framing: "" } : one)) };
}

async function withFramings(db: Queries, framings: EditedFramings, found: Decision): Promise<Decision> {
  if (!found.placements.some(isEdited)) return found;
  const placements = found.placements.map(async (one) =>
    one.editedIn === null ? one : { ...one, framing: (await framings.of(db, one.editedIn)) ?? "" },
  );
  return { ...found, placements: await Promise.all(placements) };
}

function isEdited({ editedIn }: PlacementRecord): boolean {
  return editedIn !== null;
}

/** The record's new text, null when nothing in it changes. The row is read only where the change leaves a part out. */
async function mergedRecord(trx: Trx, id: DecisionId, part: RecordPart): Promise<string | null> {
  const given = Object.keys(part);
  if (given.length === 0) return null;
  if (recordKeys.every((key) => key in part)) return JSON.stringify(part);
  const row = await trx.selectFrom("decisions").select("record_json").where("decision_id", "=", id).executeTakeFirst();
  if (!row) throw unknownDecision(id);
  return JSON.stringify({ ...toRecord(row.record_json), ...part });
}

const columns = ["decision_id", "event_id", "lead_id", "status", "record_json", "created_at", "updated_at"] as const;

function insertQuery(db: Queries, param: Param<{ decisionId: string; eventId: string; leadId: string; now: number }>) {
  return db.insertInto("decisions").values({
    decision_id: param("decisionId"),
    event_id: param("eventId"),
    lead_id: param("leadId"),
    status: "received",
    thread_id: null,
    record_json: "{}",
    observed_json: null,
    created_at: param("now"),
    updated_at: param("now"),
  });
}

/** One at a time: a list would be another statement for every length of it. */
function beginQuery(db: Queries, param: Param<{ id: string }>) {
  return db
    .updateTable("decisions")
    .set({ status: "running" })
    .where("decision_id", "=", param("id"))
    .where("status", "=", "received");
}

function rowQuery(db: Queries, param: Param<{ id: string }>) {
  return db.selectFrom("decisions").select(columns).where("decision_id", "=", param("id"));
}

/** What every run ends with: status, record and what was observed at once. Gives the row's id, or none. */
function writeWholeQuery(
  db: Queries,
  param: Param<{ id: string; status: string; observed: string; record: string; now: number }>,
) {
  return db
    .updateTable("decisions")
    .set({
      status: param("status"),
      observed_json: param("observed"),
      record_json: param("record"),
      updated_at: param("now"),
    })
    .where("decision_id", "=", param("id"))
    .returning("decision_id");
}

function toDecision(row: {
  decision_id: string;
  event_id: string;
  lead_id: string;
  status: string;
  record_json: string;
  created_at: number;
  updated_at: number;
}): Decision {
  return fitStored("decision", decision, {
    ...blank,
    ...toRecord(row.record_json),
    decisionId: row.decision_id,
    eventId: row.event_id,
    leadId: row.lead_id,
    status: row.status,
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
  });
}

function toRecord(text: string): object {
  const value = toJson("decision", text);
  return typeof value === "object" && value !== null ? value : {};
}

function unknownDecision(id: DecisionId): AppError {
  return new AppError("not-found", `There is no decision ${id}.`);
}
