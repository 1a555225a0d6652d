import type { AuditKind, AuditLog } from "../audit/audit.ts";
import type { ClearanceAnswer } from "../domain/clearance.ts";
import type { DeployerProfile } from "../domain/deployer-profile.ts";
import { AppError } from "../domain/errors.ts";
import type { StandingClearance } from "../domain/facts.ts";
import { questionOf } from "../domain/finding.ts";
import { assetId, clearanceId, decisionId } from "../domain/ids.ts";
import type { Inbox } from "../intake/intake.ts";
import type { Recall } from "../recall/recall.ts";
import type { Clock, Ids } from "../runtime/runtime.ts";
import { makePreparedQuery, type Param } from "../store/prepared-query.ts";
import type { Schema } from "../store/schema.ts";
import type { Queries, Trx } from "../store/store.ts";
import { keepNote, type NoteDeps } from "./clearance-notes.ts";
import { type ClearanceRow, historyOf, isStanding, openRow, toClearance } from "./clearance-rows.ts";
import type { ClearanceFilter, Clearances } from "./clearances.ts";

interface ClearancesDeps extends NoteDeps {
  readonly audit: AuditLog;
  readonly inbox: Pick<Inbox, "wake">;
  readonly recall: Pick<Recall, "refuseVersion" | "endVersion">;
  readonly profile: Pick<DeployerProfile, "clearanceDays">;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** One row per version and question (the database enforces it); what was done to it stands in its history. */
export function makeClearances(deps: ClearancesDeps): Clearances {
  const { audit, inbox, recall, profile, catalogue, clock, ids } = deps;
  const answered = makePreparedQuery(answeredQuery);
  return {
    async ofVersion(db, id, version) {
      const rows = await answered(db, { id, version });
      return rows.map(({ question, state, expires_at }): StandingClearance => {
        return { question, verdict: state === "cleared" ? "cleared" : "refused", expiresAt: expires_at ?? 0 };
      });
    },

    async open(trx, asked) {
      const now = clock.now();
      const known = await ofQuestion(trx, asked.assetId, asked.assetVersion, questionOf(asked.finding));
      const row = known ?? openRow(ids.next("clr"), asked, now);
      if (!known) {
        await trx.insertInto("clearances").values(row).execute();
        await opened(trx, row, asked.decisionId, "opened");
      } else if (known.state !== "open" && !isStanding(known, now)) {
        const { evidence_json } = openRow(row.clearance_id, asked, now);
        await update(trx, row.clearance_id, { ...unanswered, asked_at: now, evidence_json });
        await opened(trx, row, asked.decisionId, "reopened");
      }
      if (asked.isAwaited && asked.decisionId !== null) {
        // Answered between the reading of the facts and now: the decision runs again with the answer.
        if (known && isStanding(known, now)) await inbox.wake(trx, asked.decisionId);
        else await wait(trx, row.clearance_id, asked.decisionId);
      }
      return clearanceId.parse(row.clearance_id);
    },

    async stopWaiting(trx, id) {
      await trx.deleteFrom("clearance_waits").where("decision_id", "=", id).execute();
    },

    async get(db, id) {
      const row = await db.selectFrom("clearances").selectAll().where("clearance_id", "=", id).executeTakeFirst();
      return row ? await detail(db, row) : null;
    },

    /** Those that were opened first come first. */
    async list(db, filter) {
      const now = clock.now();
      const rows = await listQuery(db, filter, now).execute();
      return await Promise.all(rows.map((row) => toClearance(db, catalogue, row, now)));
    },

    async answer(trx, id, answer, by) {
      const row = await trx.selectFrom("clearances").selectAll().where("clearance_id", "=", id).executeTakeFirst();
      if (!row) throw new AppError("not-found", `There is no clearance ${id}.`);
      if (answer.verdict === "reopen" && row.state === "open") {
        throw new AppError("conflict", `Clearance ${id} is open already.`);
      }
      const now = clock.now();
      const changed = await update(trx, id, columnsAfter(answer, { now, by, usualDays: profile.clearanceDays }));
      const { expires_at } = changed;
      const note = await keepNote(trx, deps, row, answer.note);
      await addStep(trx, { clearance_id: id, change: changeOf[answer.verdict], at: now, by, expires_at, ...note });
      await record(trx, "clearance.answered", changed, { verdict: answer.verdict, by, expiresAt: expires_at });
      const takesBack = answer.verdict === "refuse" || (answer.verdict === "reopen" && row.state === "cleared");
      const receipt = takesBack
        ? await recall.refuseVersion(trx, assetId.parse(row.asset_id), row.asset_version, takenBackWords(row, answer))
        : [];
      if (endsSooner(row, changed)) {
        await recall.endVersion(trx, assetId.parse(row.asset_id), row.asset_version, changed.expires_at);
      }
      await wakeWaiting(trx, id);
      return { clearance: await detail(trx, changed), receipt };
    },
  };

  async function detail(db: Queries, row: ClearanceRow) {
    return { ...(await toClearance(db, catalogue, row, clock.now())), history: await historyOf(db, deps, row) };
  }

  async function opened(trx: Trx, row: ClearanceRow, by: string | null, change: "opened" | "reopened"): Promise<void> {
    const step = { change, at: clock.now(), by: by ?? "in advance", expires_at: null, note: null, sealed_note: null };
    await addStep(trx, { clearance_id: row.clearance_id, ...step });
    await record(trx, "clearance.opened", row, { decisionId: by, change });
  }

  /** Each has its link once more when it runs into the question again. */
  async function wakeWaiting(trx: Trx, id: string): Promise<void> {
    const waiting = await trx
      .deleteFrom("clearance_waits")
      .where("clearance_id", "=", id)
      .returning("decision_id")
      .execute();
    for (const { decision_id } of waiting) await inbox.wake(trx, decisionId.parse(decision_id));
  }

  async function record(trx: Trx, kind: AuditKind, row: ClearanceRow, more: Record<string, unknown>): Promise<void> {
    const { clearance_id, asset_id, asset_version, question } = row;
    await audit.append(trx, {
      kind,
      subject: asset_id,
      body: { clearanceId: clearance_id, assetId: asset_id, assetVersion: asset_version, question, ...more },
    });
  }
}

/** What was published ends with the clearance as it stood then. */
function endsSooner(before: ClearanceRow, after: ClearanceRow): after is ClearanceRow & { expires_at: number } {
  const isStillCleared = before.state === "cleared" && after.state === "cleared";
  return isStillCleared && after.expires_at !== null && after.expires_at < (before.expires_at ?? 0);
}

const changeOf = { clear: "cleared", refuse: "refused", reopen: "reopened" } as const;
const dayMs = 86_400_000;
const unanswered = { state: "open", answered_at: null, answered_by: null, expires_at: null } as const;

function columnsAfter(
  answer: ClearanceAnswer,
  { now, by, usualDays }: { readonly now: number; readonly by: string; readonly usualDays: number },
): Partial<ClearanceRow> {
  if (answer.verdict === "reopen") return { ...unanswered, asked_at: now };
  const expires_at = now + (answer.days ?? usualDays) * dayMs;
  return { state: changeOf[answer.verdict], answered_at: now, answered_by: by, expires_at };
}

function takenBackWords({ rule, reason }: ClearanceRow, { verdict }: ClearanceAnswer): string {
  const did = verdict === "refuse" ? "refused" : "asks again";
  return `A person ${did} what ${rule} asks of this version: ${reason}`;
}

function ofQuestion(trx: Trx, id: string, version: number, question: string): Promise<ClearanceRow | undefined> {
  return trx
    .selectFrom("clearances")
    .selectAll()
    .where("asset_id", "=", id)
    .where("asset_version", "=", version)
    .where("question", "=", question)
    .executeTakeFirst();
}

function update(trx: Trx, id: string, columns: Partial<ClearanceRow>): Promise<ClearanceRow> {
  return trx
    .updateTable("clearances")
    .set(columns)
    .where("clearance_id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

async function addStep(trx: Trx, step: Step): Promise<void> {
  await trx.insertInto("clearance_history").values(step).execute();
}

type Step = Omit<Schema["clearance_history"], "history_id">;

async function wait(trx: Trx, clearance_id: string, decision_id: string): Promise<void> {
  await trx
    .insertInto("clearance_waits")
    .values({ clearance_id, decision_id })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

function answeredQuery(db: Queries, param: Param<{ id: string; version: number }>) {
  return db
    .selectFrom("clearances")
    .select(["question", "state", "expires_at"])
    .where("asset_id", "=", param("id"))
    .where("asset_version", "=", param("version"))
    .where("state", "in", ["cleared", "refused"])
    .orderBy("question");
}

function listQuery(db: Queries, { state, assetId: asset, after, limit }: ClearanceFilter, now: number) {
  let query = db.selectFrom("clearances").selectAll().orderBy("clearance_id").limit(limit);
  if (asset !== undefined) query = query.where("asset_id", "=", asset);
  if (after !== null) query = query.where("clearance_id", ">", after);
  switch (state) {
    case undefined:
      return query;
    case "open":
      return query.where("state", "=", "open");
    case "expired":
      return query.where("state", "!=", "open").where("expires_at", "<=", now);
    case "cleared":
    case "refused":
      return query.where("state", "=", state).where("expires_at", ">", now);
  }
}
