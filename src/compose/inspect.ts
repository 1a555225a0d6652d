import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../config.ts";
import { loadDeployment } from "../deployment/load-deployment.ts";
import { migrations } from "../store/migrations/index.ts";
import { openSqliteStore } from "../store/sqlite/open-sqlite-store.ts";

/** The deployment's data in a few words. Throws `config` naming all that is wrong with it. */
export function inspectDeployment(config: Config): { readonly name: string; readonly playbooks: number } {
  const { profile, playbooks } = loadDeployment({ configDir: config.configDir, playbooksDir: config.playbooksDir });
  return { name: profile.name, playbooks: playbooks.length };
}

/** The migrations that the database lacks; null when there is no database yet. Throws `config` when it can't be read. */
export async function pendingMigrations(dataDir: string): Promise<readonly string[] | null> {
  const file = join(dataDir, "vouchsafe.db");
  if (!existsSync(file)) return null;
  const store = await openSqliteStore({ file });
  try {
    const tables = await store.read.introspection.getTables();
    const names = migrations.map(({ name }) => name);
    if (!tables.some(({ name }) => name === "schema_migrations")) return names;
    const applied = await store.read.selectFrom("schema_migrations").select("name").execute();
    return names.filter((name) => !applied.some((row) => row.name === name));
  } finally {
    await store.close();
  }
}
