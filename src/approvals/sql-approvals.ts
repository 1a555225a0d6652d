import type { AuditKind, AuditLog } from "../audit/audit.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Crm } from "../crm/crm.ts";
import { type ApprovalAnswer, type ApprovalStatus, approvalStatus } from "../domain/approval.ts";
import { AppError } from "../domain/errors.ts";
import { type Finding, questionOf } from "../domain/finding.ts";
import { identifiersIn } from "../domain/identifiers-in-text.ts";
import { approvalId, decisionId, leadId } from "../domain/ids.ts";
import { touchpoint } from "../domain/plan.ts";
import type { RecallItem } from "../domain/publication.ts";
import type { Inbox } from "../intake/intake.ts";
import type { Clock, Ids } from "../runtime/runtime.ts";
import type { Trx } from "../store/store.ts";
import type { Vault } from "../vault/vault.ts";
import { type ApprovalRow, findingsOf, toApproval, waitingRow } from "./approval-rows.ts";
import type { ApprovalQuestion, Approvals, EditedFramings } from "./approvals.ts";
import { approvedUses } from "./approved-uses.ts";
import { editedFraming, sealAnswer } from "./sealed-answer.ts";

interface ApprovalsDeps {
  readonly audit: AuditLog;
  readonly inbox: Pick<Inbox, "wake">;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly catalogue: Catalogue;
  readonly framings: EditedFramings;
  readonly crm: Pick<Crm, "identity">;
}

/**
 * Of one decision and touchpoint at most one question waits (the database enforces it). Every way out of `waiting` is
 * one guarded statement, so of two that happen at once only one acts.
 */
export function makeApprovals({ audit, inbox, vault, clock, ids, crm, ...sources }: ApprovalsDeps): Approvals {
  return {
    async ask(trx, question) {
      const { decisionId, touchpoint } = question;
      const waiting = await trx
        .selectFrom("approvals")
        .selectAll()
        .where("decision_id", "=", decisionId)
        .where("channel", "=", touchpoint.channel)
        .where("place", "=", touchpoint.place)
        .where("status", "=", "waiting")
        .executeTakeFirst();
      if (waiting && isSameQuestion(waiting, question)) return approvalId.parse(waiting.approval_id);
      if (waiting) await block(trx, [waiting]);

      const id = ids.next("apr");
      const row = waitingRow(id, question, clock.now());
      await trx.insertInto("approvals").values(row).execute();
      const { expiresAt, placementId } = question;
      await record(trx, "approval.asked", row, { placementId, expiresAt, questions: questionsOf(question.findings) });
      return id;
    },

    async ofDecision(db, id) {
      const rows = await db
        .selectFrom("approvals")
        .selectAll()
        .where("decision_id", "=", id)
        .orderBy("approval_id")
        .execute();
      return await Promise.all(
        rows.map(async (row) => ({
          approvalId: approvalId.parse(row.approval_id),
          touchpoint: touchpoint.parse({ channel: row.channel, place: row.place }),
          assetId: row.asset_id,
          assetVersion: row.asset_version,
          contentHash: row.content_hash,
          findings: findingsOf(row),
          status: approvalStatus.parse(row.status),
          editedFraming: await editedFraming(db, vault, row),
        })),
      );
    },

    approvedUses,

    async get(db, id) {
      const row = await db.selectFrom("approvals").selectAll().where("approval_id", "=", id).executeTakeFirst();
      return row ? await toApproval(db, sources, row) : null;
    },

    /** Those that have waited longest come first. */
    async list(db, { status, after, limit }) {
      let query = db.selectFrom("approvals").selectAll().orderBy("approval_id").limit(limit);
      if (status !== undefined) query = query.where("status", "=", status);
      if (after !== null) query = query.where("approval_id", ">", after);
      const rows = await query.execute();
      return await Promise.all(rows.map((row) => toApproval(db, sources, row)));
    },

    async answer(trx, id, answer, by) {
      const row = await trx.selectFrom("approvals").selectAll().where("approval_id", "=", id).executeTakeFirst();
      if (!row) throw new AppError("not-found", `There is no approval ${id}.`);
      const now = clock.now();
      verifyAnswerable(row, answer, now);
      if (answer.verdict === "edit") await verifyNamesNobody(trx, row, answer.framing);
      const answered = await trx
        .updateTable("approvals")
        .set({
          status: statusAfter(answer),
          answered_at: now,
          answered_by: by,
          sealed_answer: await sealAnswer(trx, vault, row, answer),
        })
        .where("approval_id", "=", id)
        .where("status", "=", "waiting")
        .where("content_hash", "=", answer.contentHash)
        .where("expires_at", ">", now)
        .returningAll()
        .executeTakeFirst();
      if (!answered) throw new AppError("conflict", `Approval ${id} was answered by somebody else at this moment.`);
      await record(trx, "approval.answered", answered, { verdict: answer.verdict, by });
      await inbox.wake(trx, decisionId.parse(answered.decision_id));
      return await toApproval(trx, sources, answered);
    },

    async blockAsset(trx, id, version) {
      let query = trx
        .selectFrom("approvals")
        .selectAll()
        .where("asset_id", "=", id)
        .where("status", "=", "waiting")
        .orderBy("approval_id");
      if (version !== undefined) query = query.where("asset_version", "=", version);
      const blocked = await block(trx, await query.execute());
      await wakeAll(trx, blocked);
      return blocked.map((row): RecallItem => ({ kind: "approval", id: row.approval_id, result: "blocked" }));
    },

    async closeWaiting(trx, id) {
      const rows = await trx
        .selectFrom("approvals")
        .selectAll()
        .where("decision_id", "=", id)
        .where("status", "=", "waiting")
        .execute();
      await block(trx, rows);
    },

    async expireDue(trx, now, limit) {
      const due = await trx
        .selectFrom("approvals")
        .selectAll()
        .where("status", "=", "waiting")
        .where("expires_at", "<=", now)
        .orderBy("expires_at")
        .limit(limit)
        .execute();
      const expired = await leaveWaiting(trx, due, "expired", "approval.expired");
      await wakeAll(trx, expired);
      return expired.length;
    },
  };

  /** What is shown is kept in the clear, so that it can be hashed and audited: nobody may be named in it. */
  async function verifyNamesNobody(trx: Trx, row: ApprovalRow, framing: string): Promise<void> {
    const found = identifiersIn(framing, await crm.identity(trx, leadId.parse(row.lead_id)));
    if (found.length === 0) return;
    const words = "Leave names, addresses and numbers out; {{company}}, {{industry}} and {{product}} are filled in.";
    const message = `It gives away the ${found.join(" and the ")} of a person.`;
    throw new AppError("invalid", words, { fields: [{ pointer: "/framing", message }] });
  }

  function block(trx: Trx, rows: readonly ApprovalRow[]): Promise<readonly ApprovalRow[]> {
    return leaveWaiting(trx, rows, "blocked", "approval.blocked");
  }

  /** Those that still waited when their turn came. */
  async function leaveWaiting(
    trx: Trx,
    rows: readonly ApprovalRow[],
    status: "blocked" | "expired",
    kind: AuditKind,
  ): Promise<readonly ApprovalRow[]> {
    const left: ApprovalRow[] = [];
    for (const row of rows) {
      const { numUpdatedRows } = await trx
        .updateTable("approvals")
        .set({ status })
        .where("approval_id", "=", row.approval_id)
        .where("status", "=", "waiting")
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) continue;
      await record(trx, kind, row, {});
      left.push(row);
    }
    return left;
  }

  async function wakeAll(trx: Trx, rows: readonly ApprovalRow[]): Promise<void> {
    for (const id of new Set(rows.map((row) => row.decision_id))) await inbox.wake(trx, decisionId.parse(id));
  }

  async function record(trx: Trx, kind: AuditKind, row: ApprovalRow, more: Record<string, unknown>): Promise<void> {
    await audit.append(trx, {
      kind,
      subject: row.decision_id,
      lead: row.lead_id,
      body: {
        approvalId: row.approval_id,
        assetId: row.asset_id,
        assetVersion: row.asset_version,
        touchpoint: { channel: row.channel, place: row.place },
        contentHash: row.content_hash,
        ...more,
      },
    });
  }
}

/** What the person would be shown is the same: the content, and the set of questions. */
function isSameQuestion(row: ApprovalRow, question: ApprovalQuestion): boolean {
  if (row.content_hash !== question.contentHash) return false;
  const before = questionsOf(findingsOf(row));
  const now = questionsOf(question.findings);
  return before.length === now.length && before.every((asked, i) => asked === now[i]);
}

function questionsOf(findings: readonly Finding[]): readonly string[] {
  return [...new Set(findings.map(questionOf))].sort();
}

/** Throws `gone` from the millisecond of its expiry on, `conflict` when it no longer waits or other content was shown. */
function verifyAnswerable(row: ApprovalRow, answer: ApprovalAnswer, now: number): void {
  const id = row.approval_id;
  if (row.status === "expired" || (row.status === "waiting" && row.expires_at <= now)) {
    throw new AppError("gone", `Approval ${id} expired and can no longer be answered.`);
  }
  if (row.status !== "waiting") {
    throw new AppError("conflict", `Approval ${id} no longer waits for an answer: it is ${row.status}.`);
  }
  if (row.content_hash !== answer.contentHash) {
    const fields = [{ pointer: "/contentHash", message: "not the hash of the content that waits" }];
    throw new AppError("conflict", `Approval ${id} is about other content. Look at it again, then answer.`, { fields });
  }
}

function statusAfter(answer: ApprovalAnswer): ApprovalStatus {
  switch (answer.verdict) {
    case "approve":
      return "approved";
    case "edit":
      return "edited";
    case "reject":
      return "rejected";
  }
}
