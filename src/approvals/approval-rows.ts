import { z } from "zod";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { type Approval, approval } from "../domain/approval.ts";
import { storedContent, toStoredContent } from "../domain/content.ts";
import { type Finding, finding } from "../domain/finding.ts";
import { quotedWords } from "../domain/quoted-words.ts";
import { fitStored, parseStored } from "../domain/stored-json.ts";
import type { Schema } from "../store/schema.ts";
import type { Queries } from "../store/store.ts";
import type { ApprovalQuestion, EditedFramings, ProposedUnder } from "./approvals.ts";

export type ApprovalRow = Schema["approvals"];

export function waitingRow(approvalId: string, asked: ApprovalQuestion, now: number): ApprovalRow {
  return {
    approval_id: approvalId,
    decision_id: asked.decisionId,
    placement_id: asked.placementId,
    lead_id: asked.leadId,
    asset_id: asked.assetId,
    asset_version: asked.assetVersion,
    channel: asked.touchpoint.channel,
    place: asked.touchpoint.place,
    content_hash: asked.contentHash,
    content_json: JSON.stringify(toStoredContent(asked.content, asked.editedIn)),
    findings_json: JSON.stringify(asked.findings),
    status: "waiting",
    created_at: now,
    expires_at: asked.expiresAt,
    answered_at: null,
    answered_by: null,
    sealed_answer: null,
    playbook: asked.under ? playbookKey(asked.under) : null,
    planner: asked.under ? plannerKey(asked.under) : null,
  };
}

export function playbookKey({ playbook: { id, version } }: ProposedUnder): string {
  return `${id}@${version}`;
}

export function plannerKey({ planner }: ProposedUnder): string | null {
  return planner && `${planner.kind}@${planner.version}`;
}

interface Sources {
  readonly catalogue: Catalogue;
  readonly framings: EditedFramings;
}

/** The quote is not stored with the question: it is read from the immutable version by its span. */
export async function toApproval(db: Queries, { catalogue, framings }: Sources, row: ApprovalRow): Promise<Approval> {
  const { editedIn, ...stored } = parseStored("approval content", storedContent, row.content_json);
  const shown = editedIn ? { ...stored, framing: (await framings.of(db, editedIn)) ?? "" } : stored;
  const version = shown.quote ? await catalogue.version(db, shown.assetId, shown.assetVersion) : null;
  return fitStored("approval", approval, {
    approvalId: row.approval_id,
    decisionId: row.decision_id,
    placementId: row.placement_id,
    leadId: row.lead_id,
    assetId: row.asset_id,
    assetVersion: row.asset_version,
    touchpoint: { channel: row.channel, place: row.place },
    contentHash: row.content_hash,
    content: shown,
    quote: shown.quote && version?.content.quote !== undefined ? quotedWords(version.content.quote, shown.quote) : null,
    findings: findingsOf(row),
    status: row.status,
    createdAt: toInstant(row.created_at),
    expiresAt: toInstant(row.expires_at),
    answeredAt: row.answered_at === null ? null : toInstant(row.answered_at),
    answeredBy: row.answered_by,
  });
}

export function findingsOf(row: Pick<ApprovalRow, "findings_json">): Finding[] {
  return parseStored("approval findings", findings, row.findings_json);
}

const findings = z.array(finding);

function toInstant(at: number): string {
  return new Date(at).toISOString();
}
