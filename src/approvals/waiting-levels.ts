import { inSlices, sliceRows } from "../store/slices.ts";
import type { Queries } from "../store/store.ts";
import type { WaitingLevels } from "./approvals.ts";

/** Reads along the index on status and expiry; the question's own time is in the row. */
export async function readWaiting(db: Queries): Promise<WaitingLevels> {
  let count = 0;
  let oldestAt: number | null = null;
  await inSlices<{ expiresAt: number; id: string }>(async (after) => {
    const rows = await db
      .selectFrom("approvals")
      .select(["approval_id", "expires_at", "created_at"])
      .where("status", "=", "waiting")
      .where(({ eb, and, or }) =>
        after === null
          ? eb("expires_at", ">", 0)
          : or([
              eb("expires_at", ">", after.expiresAt),
              and([eb("expires_at", "=", after.expiresAt), eb("approval_id", ">", after.id)]),
            ]),
      )
      .orderBy("expires_at")
      .orderBy("approval_id")
      .limit(sliceRows / 4)
      .execute();
    count += rows.length;
    for (const { created_at } of rows) oldestAt = Math.min(oldestAt ?? created_at, created_at);
    const last = rows.at(-1);
    return last === undefined || rows.length < sliceRows / 4
      ? null
      : { expiresAt: last.expires_at, id: last.approval_id };
  });
  return { count, oldestAt };
}
