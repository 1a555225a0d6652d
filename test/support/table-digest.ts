import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Store } from "../../src/store/store.ts";

/** A digest over every row of every table but those that are left out: what nobody wrote to stays the same. */
export async function tableDigest(store: Store, except: readonly string[] = []): Promise<string> {
  const hash = createHash("sha256");
  const tables = (await store.read.introspection.getTables()).map(({ name }) => name).sort();
  for (const name of tables) {
    if (except.includes(name)) continue;
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(store.read);
    const texts = rows.map((row) =>
      JSON.stringify(row, (_, value) => (value instanceof Uint8Array ? [...value] : value)),
    );
    hash.update(`${name}\n${texts.sort().join("\n")}\n`);
  }
  return hash.digest("hex");
}
