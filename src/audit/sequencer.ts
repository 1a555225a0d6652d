import { sql } from "kysely";
import type { Clock } from "../runtime/runtime.ts";
import type { Store, Trx } from "../store/store.ts";
import type { Sequencer } from "./audit.ts";
import { frontier, leafHash, type MerkleNode, type MerkleTree, makeMerkleTree } from "./merkle.ts";

/** What one commit numbered: entries [from, to). */
export interface Numbered {
  readonly from: number;
  readonly to: number;
}

/**
 * Numbers committed entries without gaps and extends the tree, a batch per transaction. That transaction also takes or
 * renews the lease, so a process that lost it numbers nothing, however late it wakes up.
 *
 * Entries are numbered in the order in which they become visible, by id within a batch. In one process that is the
 * order of their ids; where several processes write (Postgres), a smaller id may commit later and gets the higher
 * number. The number is the order of the log; the id is only the entry's name.
 */
export function makeSequencer(deps: {
  store: Store;
  clock: Clock;
  /** Names this process among those that could number. */
  owner: string;
  /** Called after the commit. */
  onNumbered?: (numbered: Numbered) => void;
  onFault?: (error: unknown) => void;
  batchSize?: number;
  pollMs?: number;
  leaseMs?: number;
}): Sequencer {
  const { store, clock, owner, batchSize = 256, pollMs = 100, leaseMs = 10_000 } = deps;
  let known: MerkleTree | null = null;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<number> = Promise.resolve(0);

  async function numberAll(): Promise<number> {
    let total = 0;
    if (!(await hasUnnumbered(store))) return total;
    // A batch that is not full took all there was when it began; under load what came since waits for the next poll,
    // rather than that every commit carries a batch of its own.
    for (let numbered = batchSize; numbered >= batchSize; ) {
      // Forgotten until the commit: a batch that is rolled back must not leave its leaves in memory.
      const before = known;
      known = null;
      const batch = await store.write((trx) => numberBatch(trx, before));
      if (batch === null) return total;
      known = batch.tree;
      numbered = batch.numbered.to - batch.numbered.from;
      total += numbered;
      deps.onNumbered?.(batch.numbered);
    }
    return total;
  }

  async function numberBatch(trx: Trx, tree: MerkleTree | null) {
    if (!(await holdLease(trx, owner, clock.now(), leaseMs))) return null;
    const size = (await trx.selectFrom("audit_tree").select("size").executeTakeFirst())?.size ?? 0;
    const extended = tree?.size() === size ? tree : await loadTree(trx, size);
    const entries = await numberEntries(trx, size, batchSize);
    const last = entries.at(-1);
    if (last === undefined) return null;
    const nodes = entries.flatMap(({ body }) => extended.append(leafHash(body)));
    await storeTree(trx, nodes, { size: extended.size(), root: extended.root(), at: last.at });
    return { tree: extended, numbered: { from: size, to: extended.size() } };
  }

  // One at a time in this process; the lease does the same between processes.
  function run(): Promise<number> {
    running = running.then(numberAll, numberAll);
    return running;
  }

  function schedule(): void {
    timer = setTimeout(async () => {
      try {
        await run();
      } catch (error) {
        deps.onFault?.(error);
      }
      if (timer !== null) schedule();
    }, pollMs);
    timer.unref();
  }

  return {
    run,
    start() {
      if (timer === null) schedule();
    },
    async stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      await running.catch(() => 0);
      await releaseLease(store, owner);
    },
  };
}

/** On committed data and by an index: an idle poll starts no transaction. */
async function hasUnnumbered(store: Store): Promise<boolean> {
  const row = await store.read
    .selectFrom("audit_entries")
    .select("entry_id")
    .where("seq", "is", null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

const leaseName = "audit-sequencer";

/** Takes the lease, or renews it; false while another owner's runs. The row stays locked until the commit. */
async function holdLease(trx: Trx, owner: string, now: number, leaseMs: number): Promise<boolean> {
  const held = await sql<{ token: number }>`
    INSERT INTO leases (name, owner, token, until) VALUES (${leaseName}, ${owner}, 1, ${now + leaseMs})
    ON CONFLICT (name) DO UPDATE SET
      token = CASE WHEN leases.owner = excluded.owner THEN leases.token ELSE leases.token + 1 END,
      owner = excluded.owner, until = excluded.until
    WHERE leases.owner = excluded.owner OR leases.until <= ${now}
    RETURNING token`.execute(trx);
  return held.rows.length > 0;
}

async function releaseLease(store: Store, owner: string): Promise<void> {
  await store.write((trx) =>
    trx
      .updateTable("leases")
      .set({ until: 0 })
      .where("name", "=", leaseName)
      .where("owner", "=", owner)
      .where("until", ">", 0)
      .execute(),
  );
}

async function loadTree(trx: Trx, size: number): Promise<MerkleTree> {
  const hashes: Uint8Array[] = [];
  for (const { level, position } of frontier(size)) {
    const node = await trx
      .selectFrom("audit_nodes")
      .select("hash")
      .where("level", "=", level)
      .where("position", "=", position)
      .executeTakeFirstOrThrow();
    hashes.push(node.hash);
  }
  return makeMerkleTree(size, hashes);
}

/** One statement of constant text: picks, numbers and reads the batch. */
async function numberEntries(trx: Trx, size: number, limit: number) {
  const { rows } = await sql<{ seq: number; at: number; body: string }>`
    UPDATE audit_entries SET seq = ${size} + fresh.ordinal
    FROM (
      SELECT entry_id, row_number() OVER (ORDER BY entry_id) - 1 AS ordinal
      FROM audit_entries WHERE seq IS NULL ORDER BY entry_id LIMIT ${limit}
    ) AS fresh
    WHERE audit_entries.entry_id = fresh.entry_id
    RETURNING audit_entries.seq, audit_entries.at, audit_entries.body`.execute(trx);
  // RETURNING promises no order.
  return rows.sort((a, b) => a.seq - b.seq);
}

async function storeTree(
  trx: Trx,
  nodes: readonly MerkleNode[],
  tree: { size: number; root: Uint8Array; at: number },
): Promise<void> {
  for (const chunk of inChunks(nodes)) await trx.insertInto("audit_nodes").values(chunk).execute();
  await trx
    .insertInto("audit_tree")
    .values({ id: 1, ...tree })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(tree))
    .execute();
}

/** Inserts of a few sizes only, so that the driver keeps a few prepared statements and not one per batch size. */
function inChunks(nodes: readonly MerkleNode[]): MerkleNode[][] {
  const chunks: MerkleNode[][] = [];
  let start = 0;
  for (const size of [64, 8, 1]) {
    for (; nodes.length - start >= size; start += size) chunks.push(nodes.slice(start, start + size));
  }
  return chunks;
}
