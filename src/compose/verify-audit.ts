import { existsSync } from "node:fs";
import { join } from "node:path";
import { type LogVerification, verifyLog } from "../audit/verify-log.ts";
import { AppError } from "../domain/errors.ts";
import { openSqliteStore } from "../store/sqlite/open-sqlite-store.ts";

/** Recomputes the transparency log of a data folder. It only reads, so a server may be at work beside it. */
export async function verifyAudit(dataDir: string): Promise<LogVerification> {
  const file = join(dataDir, "vouchsafe.db");
  if (!existsSync(file)) throw new AppError("not-found", `There is no database in ${dataDir}: nothing was logged yet.`);
  const store = await openSqliteStore({ file });
  try {
    return await verifyLog(store.read);
  } finally {
    await store.close();
  }
}
