import { createHash } from "node:crypto";
import type { AuditLog } from "../audit/audit.ts";
import { apiKeyId } from "../domain/ids.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Queries, Store, Trx } from "../store/store.ts";
import { type ApiKeys, type Caller, type Role, roles } from "./http.ts";

export interface ApiKeysDeps {
  readonly store: Store;
  readonly audit: AuditLog;
  readonly runtime: Runtime;
}

/**
 * Bearer keys: `vsk_` and 32 random bytes in base64url. A key carries 256 bits, so a plain SHA-256 of it can be stored
 * and looked up; a slow hash would add nothing.
 */
export function makeApiKeys({ store, audit, runtime }: ApiKeysDeps): ApiKeys {
  const known = new Map<string, { readonly caller: Caller; readonly until: number }>();

  async function add(trx: Trx, key: string, { name, role }: { name: string; role: Role }) {
    const keyId = runtime.ids.next("key");
    const row = { key_id: keyId, name, role, key_hash: hashOf(key), created_at: runtime.clock.now(), revoked_at: null };
    await trx.insertInto("api_keys").values(row).execute();
    await audit.append(trx, { kind: "api-key.created", subject: keyId, body: { role } });
    return keyId;
  }

  async function revoke(trx: Trx, keyId: string): Promise<boolean> {
    const { numUpdatedRows } = await trx
      .updateTable("api_keys")
      .set({ revoked_at: runtime.clock.now() })
      .where("key_id", "=", keyId)
      .where("revoked_at", "is", null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await audit.append(trx, { kind: "api-key.revoked", subject: keyId, body: {} });
    trx.afterCommit(() => known.clear());
    return true;
  }

  const newKey = () => `vsk_${Buffer.from(runtime.random.bytes(32)).toString("base64url")}`;

  const active = (db: Queries) => db.selectFrom("api_keys").selectAll().where("revoked_at", "is", null);

  async function reinstate(trx: Trx, keyId: string): Promise<void> {
    const change = { name: configuredName, role: "admin", revoked_at: null };
    await trx.updateTable("api_keys").set(change).where("key_id", "=", keyId).execute();
    await audit.append(trx, { kind: "api-key.created", subject: keyId, body: { role: "admin", reinstated: true } });
    trx.afterCommit(() => known.clear());
  }

  /** The configured key as it is now; one configured earlier lets nobody in any more. */
  async function ensureConfigured(trx: Trx, key: string): Promise<null> {
    const configured = await active(trx).where("name", "=", configuredName).execute();
    const current = hashOf(key);
    for (const row of configured) if (row.key_hash !== current) await revoke(trx, row.key_id);
    if (configured.some((row) => row.key_hash === current)) return null;
    const earlier = await trx
      .selectFrom("api_keys")
      .select("key_id")
      .where("key_hash", "=", current)
      .executeTakeFirst();
    if (earlier === undefined) await add(trx, key, { name: configuredName, role: "admin" });
    else await reinstate(trx, earlier.key_id);
    return null;
  }

  return {
    async create(trx, described) {
      const key = newKey();
      return { keyId: await add(trx, key, described), key };
    },
    revoke,
    async list() {
      const rows = await store.read.selectFrom("api_keys").selectAll().orderBy("key_id").execute();
      return rows.flatMap((row) => {
        const caller = toCaller(row);
        return caller === null ? [] : [{ ...caller, createdAt: row.created_at, revokedAt: row.revoked_at }];
      });
    },
    async authenticate(key) {
      const hash = hashOf(key);
      const now = runtime.clock.now();
      const cached = known.get(hash);
      if (cached !== undefined && now < cached.until && cached.until - now <= cacheMs) return cached.caller;
      const row = await store.read
        .selectFrom("api_keys")
        .selectAll()
        .where("key_hash", "=", hash)
        .where("revoked_at", "is", null)
        .executeTakeFirst();
      const caller = row === undefined ? null : toCaller(row);
      if (caller === null) {
        known.delete(hash);
        return null;
      }
      if (known.size >= 1000) known.clear();
      known.set(hash, { caller, until: now + cacheMs });
      return caller;
    },
    async caller(id) {
      const row = await active(store.read).where("key_id", "=", id).executeTakeFirst();
      return row === undefined ? null : toCaller(row);
    },
    ensureAdminKey: (configured) =>
      store.write(async (trx) => {
        if (configured !== null) return ensureConfigured(trx, configured);
        const admin = await active(trx).where("role", "=", "admin").limit(1).executeTakeFirst();
        if (admin !== undefined) return null;
        const key = newKey();
        await add(trx, key, { name: "first-admin", role: "admin" });
        return key;
      }),
  };
}

const configuredName = "configured-admin";
const cacheMs = 900;

function hashOf(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

/** Null for a role that this version does not know: such a key lets nobody in. */
function toCaller(row: { key_id: string; name: string; role: string }): Caller | null {
  const role = roles.find((known) => known === row.role);
  return role === undefined ? null : { keyId: apiKeyId.parse(row.key_id), name: row.name, role };
}
