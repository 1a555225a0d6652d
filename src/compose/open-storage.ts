import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../config.ts";
import { openWaitingRuns } from "../graph/waiting-runs.ts";
import type { Random } from "../runtime/runtime.ts";
import { openSqliteStore } from "../store/sqlite/open-sqlite-store.ts";
import { loadKeyEncryptionKey } from "../vault/key-file.ts";

const keyBytes = 32;
const inMemory = ":memory:";

/**
 * What must outlive the process: the database, the runs that wait and the key that wraps all others, in the data
 * folder; or in memory, with a key of this process, where nothing is to be left behind. Throws `config` when the folder
 * can't be used.
 */
export async function openStorage(
  config: Pick<Config, "dataDir" | "keyEncryptionKey">,
  {
    random,
    isInMemory,
    image,
  }: { readonly random: Random; readonly isInMemory: boolean; readonly image?: Uint8Array | undefined },
) {
  if (isInMemory) {
    return {
      keyEncryptionKey: random.bytes(keyBytes),
      store: await openSqliteStore({ file: inMemory, image }),
      openCheckpointer: () => openWaitingRuns(inMemory),
    };
  }
  const { dataDir, keyEncryptionKey: fromEnvironment } = config;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return {
    keyEncryptionKey: loadKeyEncryptionKey({ dataDir, fromEnvironment, random }),
    store: await openSqliteStore({ file: join(dataDir, "vouchsafe.db") }),
    openCheckpointer: () => openWaitingRuns(join(dataDir, "waiting.db")),
  };
}
