import type { Queries } from "../store/store.ts";
import type { OpenLevels } from "./clearances.ts";

/** Along the index on state and time. There are no more of them than versions and questions about each. */
export async function readOpen(db: Queries): Promise<OpenLevels> {
  const { count, oldestAt } = await db
    .selectFrom("clearances")
    .select(({ fn }) => [fn.countAll<number>().as("count"), fn.min("asked_at").as("oldestAt")])
    .where("state", "=", "open")
    .executeTakeFirstOrThrow();
  return { count: Number(count), oldestAt: oldestAt === null ? null : Number(oldestAt) };
}
