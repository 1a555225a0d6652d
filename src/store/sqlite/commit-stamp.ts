import type { Database } from "better-sqlite3";

export interface CommitStamp {
  now(): number;
  close(): void;
}

/**
 * SQLite counts, for each connection, the commits of all others. So the stamp takes a connection of its own that never
 * writes: every commit, of this process or another, is another's.
 */
export function makeCommitStamp(database: Database): CommitStamp {
  const version = database.prepare<[], number>("pragma data_version").pluck();
  return {
    now: () => version.get() ?? 0,
    close() {
      database.close();
    },
  };
}
