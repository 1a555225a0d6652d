import type { AuditLog } from "../audit/audit.ts";
import type { Decisions } from "../decisions/decisions.ts";
import { jsonDigest } from "../domain/hash.ts";
import { decisionId, publicationId } from "../domain/ids.ts";
import type { RecallItem } from "../domain/publication.ts";
import type { ContactLedger } from "../exposure/exposure.ts";
import type { Trx } from "../store/store.ts";
import type { Channel } from "./channel.ts";
import { closeWithdrawn } from "./close-withdrawn.ts";
import { freeUnlessEffective } from "./free-contact.ts";

interface WithdrawalDeps {
  readonly audit: AuditLog;
  readonly decisions: Decisions;
  readonly ledger: Pick<ContactLedger, "free">;
  readonly channelOf: (name: string) => Channel;
}

export const withdrawalColumns = ["publication_id", "decision_id", "lead_id", "asset_id", "channel"] as const;
type WithdrawalRow = Readonly<Record<(typeof withdrawalColumns)[number], string>>;

/**
 * Withdraws the publications, cancels what is queued of them and tells their decisions; a receipt for each publication
 * and for each delivery of it. In parts, since an asset can be live for thousands of leads.
 */
export async function withdrawPublications(
  trx: Trx,
  deps: WithdrawalDeps,
  rows: readonly WithdrawalRow[],
  withdrawal: { readonly reason: string; readonly now: number },
): Promise<readonly RecallItem[]> {
  const receipt: RecallItem[] = [];
  for (let from = 0; from < rows.length; from += partSize) {
    receipt.push(...(await withdrawPart(trx, deps, rows.slice(from, from + partSize), withdrawal)));
  }
  return receipt;
}

/** Under the number of parameters that any dialect takes in one statement. */
const partSize = 250;

async function withdrawPart(
  trx: Trx,
  { audit, decisions, ledger, channelOf }: WithdrawalDeps,
  rows: readonly WithdrawalRow[],
  { reason, now }: { readonly reason: string; readonly now: number },
): Promise<readonly RecallItem[]> {
  const withdrawn = await markWithdrawn(trx, rows, reason, now);
  const deliveries = await withdrawDeliveries(trx, withdrawn, now);
  const stillLive = await decisionsWithLive(trx, rows);
  // The reason is somebody's words: the log binds it without holding it.
  const reasonDigest = jsonDigest(reason);
  const receipt: RecallItem[] = [];
  for (const row of rows) {
    const id = row.publication_id;
    if (!withdrawn.has(id)) {
      receipt.push({ kind: "publication", id, result: "already-withdrawn" });
      continue;
    }
    const items = (deliveries.get(id) ?? []).map((one) => toItem(one, channelOf(row.channel)));
    await audit.append(trx, {
      kind: "publication.withdrawn",
      subject: row.decision_id,
      lead: row.lead_id,
      body: { publicationId: id, assetId: row.asset_id, reasonDigest, deliveries: items },
    });
    await closeWithdrawn(trx, decisions, {
      decisionId: decisionId.parse(row.decision_id),
      publicationId: publicationId.parse(id),
      wasLast: !stillLive.has(row.decision_id),
    });
    receipt.push({ kind: "publication", id, result: "withdrawn" }, ...items);
    if (items.some((item) => item.result === "cancelled")) await freeUnlessEffective(trx, ledger, row.decision_id);
  }
  return receipt;
}

/** The ids of those that were live until now. */
async function markWithdrawn(
  trx: Trx,
  rows: readonly WithdrawalRow[],
  reason: string,
  now: number,
): Promise<ReadonlySet<string>> {
  const marked = await trx
    .updateTable("publications")
    .set({ state: "withdrawn", withdrawn_at: now, withdrawn_reason: reason })
    .where(
      "publication_id",
      "in",
      rows.map((row) => row.publication_id),
    )
    .where("state", "=", "live")
    .returning("publication_id")
    .execute();
  return new Set(marked.map((row) => row.publication_id));
}

interface WithdrawnDelivery {
  readonly delivery_id: string;
  readonly publication_id: string;
  readonly begun: boolean;
}

/** Cancels what has not begun; gives those and what has begun, by publication. What failed or was cancelled is at its end. */
async function withdrawDeliveries(
  trx: Trx,
  publications: ReadonlySet<string>,
  now: number,
): Promise<ReadonlyMap<string, readonly WithdrawnDelivery[]>> {
  const byPublication = new Map<string, WithdrawnDelivery[]>();
  if (publications.size === 0) return byPublication;
  const columns = ["delivery_id", "publication_id"] as const;
  const cancelled = await trx
    .updateTable("deliveries")
    .set({ state: "cancelled", next_at: null, last_error: "It was withdrawn before it was sent.", updated_at: now })
    .where("publication_id", "in", [...publications])
    .where("state", "=", "pending")
    .returning(columns)
    .execute();
  const begun = await trx
    .selectFrom("deliveries")
    .select(columns)
    .where("publication_id", "in", [...publications])
    .where("state", "in", ["transmitting", "delivered", "unknown"])
    .execute();
  const found = [
    ...cancelled.map((row) => ({ ...row, begun: false })),
    ...begun.map((row) => ({ ...row, begun: true })),
  ];
  for (const delivery of found) {
    const others = byPublication.get(delivery.publication_id);
    if (others) others.push(delivery);
    else byPublication.set(delivery.publication_id, [delivery]);
  }
  return byPublication;
}

async function decisionsWithLive(trx: Trx, rows: readonly WithdrawalRow[]): Promise<ReadonlySet<string>> {
  const live = await trx
    .selectFrom("publications")
    .select("decision_id")
    .distinct()
    .where(
      "decision_id",
      "in",
      rows.map((row) => row.decision_id),
    )
    .where("state", "=", "live")
    .execute();
  return new Set(live.map((row) => row.decision_id));
}

/** A page reads the publication when it is viewed, so its withdrawal is immediate; what was handed over is out of our hands. */
function toItem(delivery: WithdrawnDelivery, channel: Channel): RecallItem {
  const undone = channel.delivery === "pull" && channel.canBeWithdrawn;
  const result = delivery.begun ? (undone ? "withdrawn" : "cannot-be-withdrawn") : "cancelled";
  return { kind: "delivery", id: delivery.delivery_id, result };
}
