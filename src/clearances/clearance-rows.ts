import { z } from "zod";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { type Clearance, type ClearanceStep, clearance, clearanceStep } from "../domain/clearance.ts";
import { questionOf } from "../domain/finding.ts";
import { assetId } from "../domain/ids.ts";
import { fitStored, parseStored } from "../domain/stored-json.ts";
import type { Schema } from "../store/schema.ts";
import type { Queries } from "../store/store.ts";
import { type NoteDeps, readNote } from "./clearance-notes.ts";
import type { VersionQuestion } from "./clearances.ts";

export type ClearanceRow = Schema["clearances"];

export function openRow(id: string, asked: VersionQuestion, now: number): ClearanceRow {
  const { assetId, assetVersion, finding, decisionId } = asked;
  return {
    clearance_id: id,
    asset_id: assetId,
    asset_version: assetVersion,
    question: questionOf(finding),
    rule: finding.rule,
    reason: finding.reason,
    evidence_json: JSON.stringify(finding.evidence),
    state: "open",
    opened_at: now,
    opened_by: decisionId,
    asked_at: now,
    answered_at: null,
    answered_by: null,
    expires_at: null,
  };
}

/** Title and quote are not stored with the question: they are read from the immutable version. */
export async function toClearance(
  db: Queries,
  catalogue: Pick<Catalogue, "version">,
  row: ClearanceRow,
  now: number,
): Promise<Clearance> {
  const version = await catalogue.version(db, assetId.parse(row.asset_id), row.asset_version);
  const { waiting } = await db
    .selectFrom("clearance_waits")
    .select(({ fn }) => fn.countAll<number>().as("waiting"))
    .where("clearance_id", "=", row.clearance_id)
    .executeTakeFirstOrThrow();
  return fitStored("clearance", clearance, {
    clearanceId: row.clearance_id,
    assetId: row.asset_id,
    assetVersion: row.asset_version,
    rule: row.rule,
    reason: row.reason,
    evidence: parseStored("clearance evidence", evidence, row.evidence_json),
    state: stateAt(row, now),
    title: version?.content.title ?? null,
    quote: version?.content.quote ?? null,
    openedAt: toInstant(row.opened_at),
    openedBy: row.opened_by,
    askedAt: toInstant(row.asked_at),
    answeredAt: row.answered_at === null ? null : toInstant(row.answered_at),
    answeredBy: row.answered_by,
    expiresAt: row.expires_at === null ? null : toInstant(row.expires_at),
    waiting: Number(waiting),
  });
}

/** What was done to the question, oldest first. */
export async function historyOf(db: Queries, deps: NoteDeps, row: ClearanceRow): Promise<ClearanceStep[]> {
  const rows = await db
    .selectFrom("clearance_history")
    .selectAll()
    .where("clearance_id", "=", row.clearance_id)
    .orderBy("history_id")
    .execute();
  const steps: ClearanceStep[] = [];
  for (const { change, at, by, expires_at, ...kept } of rows) {
    const expiresAt = expires_at === null ? null : toInstant(expires_at);
    const note = await readNote(db, deps, row, kept);
    steps.push(fitStored("clearance history", clearanceStep, { change, at: toInstant(at), by, expiresAt, note }));
  }
  return steps;
}

export function isStanding({ state, expires_at }: Pick<ClearanceRow, "state" | "expires_at">, now: number): boolean {
  return state !== "open" && expires_at !== null && now < expires_at;
}

function stateAt(row: ClearanceRow, now: number): string {
  return row.state === "open" || isStanding(row, now) ? row.state : "expired";
}

function toInstant(at: number): string {
  return new Date(at).toISOString();
}

const evidence = z.record(z.string(), z.unknown());
