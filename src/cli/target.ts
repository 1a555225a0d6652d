import type { Overrides, Vouchsafe } from "../compose.ts";
import type { Config } from "../config.ts";
import { AppError } from "../domain/errors.ts";
import { acquireLock, readLock } from "../runtime/lock-file.ts";
import { type ApiClient, makeApiClient } from "./api-client.ts";

/** On SQLite one process writes: where a server runs, a command goes through its API; else it opens the database. */
export type Target = { readonly kind: "server"; readonly api: ApiClient } | { readonly kind: "database" };

/** Throws `config` when there is a server and no key for it. */
export function chooseTarget(config: Config): Target {
  const lock = config.url === null ? readLock(config.dataDir) : null;
  const url = config.url ?? lock?.url ?? null;
  if (url === null) return { kind: "database" };
  const key = config.apiKey ?? config.adminKey;
  if (key === null) {
    const who = lock
      ? `A server (process ${lock.pid}) runs on ${config.dataDir} and serves ${url}`
      : `VOUCHSAFE_URL is ${url}`;
    throw new AppError(
      "config",
      `${who}. Set VOUCHSAFE_API_KEY to a key that it knows${lock ? ", or stop it first" : ""}.`,
    );
  }
  return { kind: "server", api: makeApiClient({ url, key }) };
}

/** Opens the database for the time of `work`, with nothing running on it yet; nobody else may work on it meanwhile. */
export async function withDatabase<T>(
  config: Config,
  work: (vouchsafe: Vouchsafe) => Promise<T>,
  overrides: Overrides = {},
): Promise<T> {
  const lock = acquireLock(config.dataDir);
  try {
    const { compose } = await import("../compose.ts");
    const vouchsafe = await compose(config, overrides);
    try {
      return await work(vouchsafe);
    } finally {
      await vouchsafe.close();
    }
  } finally {
    lock.release();
  }
}
