import { z } from "zod";
import type { ApprovalAnswer } from "../domain/approval.ts";
import { parseStored } from "../domain/stored-json.ts";
import type { Queries, Trx } from "../store/store.ts";
import type { Vault } from "../vault/vault.ts";
import type { ApprovalRow } from "./approval-rows.ts";

const words = z.strictObject({ note: z.string().optional(), framing: z.string().optional() });

/** Note and edited framing are free text about a lead: kept only under the lead's key, bound to this one approval. */
export async function sealAnswer(
  trx: Trx,
  vault: Vault,
  row: Pick<ApprovalRow, "approval_id" | "lead_id">,
  answer: ApprovalAnswer,
): Promise<Uint8Array | null> {
  const { note } = answer;
  const framing = answer.verdict === "edit" ? answer.framing : undefined;
  if (note === undefined && framing === undefined) return null;
  return await vault.seal(trx, `lead:${row.lead_id}`, purposeOf(row), JSON.stringify({ note, framing }));
}

/** Null when the answer had no framing, or the lead was erased since. */
export async function editedFraming(db: Queries, vault: Vault, row: ApprovalRow): Promise<string | null> {
  if (row.status !== "edited" || row.sealed_answer === null) return null;
  const text = await vault.open(db, `lead:${row.lead_id}`, purposeOf(row), row.sealed_answer);
  return text === null ? null : (parseStored("approval answer", words, text).framing ?? null);
}

function purposeOf(row: Pick<ApprovalRow, "approval_id">): string {
  return `approval/${row.approval_id}`;
}
