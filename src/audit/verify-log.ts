import { canonicalJson } from "../domain/hash.ts";
import type { Queries } from "../store/store.ts";
import { leafHash, type MerkleNode, type MerkleTree, makeMerkleTree } from "./merkle.ts";

export type LogVerification =
  | { readonly ok: true; readonly size: number; readonly rootHex: string; readonly unnumbered: number }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Recomputes the whole log from the bodies of its entries: numbers without gaps, canonical bodies that agree with
 * their columns, every stored hash, the root. Reads page by page, in constant memory. What no tree can show: a log cut
 * back to a shorter one with its own right root (a signed checkpoint kept elsewhere shows that), and entries removed
 * before they were numbered. Stops at the first gap, else after `maxProblems`.
 */
export async function verifyLog(
  db: Queries,
  options: { pageSize?: number; maxProblems?: number } = {},
): Promise<LogVerification> {
  const { pageSize = 1000, maxProblems = 100 } = options;
  const problems: string[] = [];
  // The head first: what is numbered while this runs is left to the next verification.
  const head = await readHead(db, problems);
  const tree = makeMerkleTree();
  let lastAt = 0;
  while (tree.size() < head.size && problems.length < maxProblems) {
    const from = tree.size();
    const entries = await readEntries(db, from, Math.min(head.size, from + pageSize));
    const stored = await readNodes(db, from, from + entries.length);
    for (const [i, entry] of entries.entries()) {
      if (entry.seq !== from + i) break;
      problems.push(...bodyProblems(entry));
      append(tree, entry.body, stored, problems);
      lastAt = entry.at;
    }
    if (tree.size() < Math.min(head.size, from + pageSize)) {
      problems.push(`entry ${tree.size()} is missing`);
      return { ok: false, problems };
    }
  }
  if (problems.length === 0) {
    problems.push(...headProblems(head, tree, lastAt), ...(await strayProblems(db, head.size)));
  }
  const unnumbered = await verifyUnnumbered(db, pageSize, problems);
  if (problems.length > 0) return { ok: false, problems: problems.slice(0, maxProblems) };
  return { ok: true, size: head.size, rootHex: hex(tree.root()), unnumbered };
}

interface Head {
  readonly size: number;
  readonly root: Uint8Array;
  readonly at: number;
}

interface StoredEntry {
  readonly entry_id: string;
  readonly seq: number | null;
  readonly kind: string;
  readonly subject: string;
  readonly at: number;
  readonly body: string;
}

async function readHead(db: Queries, problems: string[]): Promise<Head> {
  const heads = await db.selectFrom("audit_tree").selectAll().execute();
  const [head] = heads;
  if (heads.length > 1 || (head !== undefined && head.id !== 1)) problems.push("there is more than one tree head");
  return head ?? { size: 0, root: makeMerkleTree().root(), at: 0 };
}

function readEntries(db: Queries, from: number, to: number): Promise<StoredEntry[]> {
  return db
    .selectFrom("audit_entries")
    .selectAll()
    .where("seq", ">=", from)
    .where("seq", "<", to)
    .orderBy("seq")
    .execute();
}

/** The stored hashes of the subtrees that leaves [from, to) complete. */
async function readNodes(db: Queries, from: number, to: number): Promise<Map<string, Uint8Array>> {
  const nodes = new Map<string, Uint8Array>();
  for (let level = 0; 2 ** level <= to; level++) {
    const first = Math.floor(from / 2 ** level);
    const end = Math.floor(to / 2 ** level);
    if (first === end) continue;
    const rows = await db
      .selectFrom("audit_nodes")
      .select(["position", "hash"])
      .where("level", "=", level)
      .where("position", ">=", first)
      .where("position", "<", end)
      .execute();
    for (const row of rows) nodes.set(`${level}/${row.position}`, row.hash);
  }
  return nodes;
}

/** Every column stands in the body too, under the leaf's hash. */
function bodyProblems(entry: StoredEntry): string[] {
  const name = entry.seq === null ? `unnumbered entry ${entry.entry_id}` : `entry ${entry.seq}`;
  let body: unknown;
  try {
    body = JSON.parse(entry.body);
    if (canonicalJson(body) !== entry.body) return [`the body of ${name} is not canonical JSON (RFC 8785)`];
  } catch {
    return [`the body of ${name} is not JSON`];
  }
  if (typeof body !== "object" || body === null) return [`the body of ${name} is not an object`];
  const said = new Map<string, unknown>(Object.entries(body));
  const columns = { id: entry.entry_id, kind: entry.kind, subject: entry.subject, at: entry.at };
  return Object.entries(columns).flatMap(([field, value]) =>
    said.get(field) === value ? [] : [`the ${field} of ${name} is not what its body says`],
  );
}

function append(tree: MerkleTree, body: string, stored: ReadonlyMap<string, Uint8Array>, problems: string[]): void {
  for (const node of tree.append(leafHash(body))) {
    const hash = stored.get(`${node.level}/${node.position}`);
    if (hash === undefined) problems.push(`the hash of ${nameOf(node)} is missing`);
    else if (hex(hash) !== hex(node.hash)) problems.push(`the hash of ${nameOf(node)} is not that of its entries`);
  }
}

function headProblems(head: Head, tree: MerkleTree, lastAt: number): string[] {
  const problems: string[] = [];
  if (hex(tree.root()) !== hex(head.root)) problems.push("the root is not that of the entries");
  if (head.at !== lastAt) problems.push("the time of the tree head is not that of its last entry");
  return problems;
}

/** Rows beyond the tree. A batch that was numbered since the head was read is no problem: the head then moved on. */
async function strayProblems(db: Queries, size: number): Promise<string[]> {
  const problems: string[] = [];
  const beyond = await db.selectFrom("audit_entries").select("seq").where("seq", ">=", size).limit(1).execute();
  const nodes = await db
    .selectFrom("audit_nodes")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .execute();
  const head = await db.selectFrom("audit_tree").select("size").executeTakeFirst();
  if (head !== undefined && head.size > size) return [];
  if (beyond.length > 0) problems.push(`there are numbered entries past the end of the tree (${size})`);
  let complete = 0;
  for (let width = 1; width <= size; width *= 2) complete += Math.floor(size / width);
  if (Number(nodes[0]?.count) !== complete) problems.push("there are hashes that no entries account for");
  return problems;
}

async function verifyUnnumbered(db: Queries, pageSize: number, problems: string[]): Promise<number> {
  let count = 0;
  let after = "";
  while (true) {
    const page = await db
      .selectFrom("audit_entries")
      .selectAll()
      .where("seq", "is", null)
      .where("entry_id", ">", after)
      .orderBy("entry_id")
      .limit(pageSize)
      .execute();
    count += page.length;
    problems.push(...page.flatMap(bodyProblems));
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return count;
    after = last.entry_id;
  }
}

function nameOf({ level, position }: MerkleNode): string {
  return level === 0 ? `entry ${position}` : `entries ${position * 2 ** level} to ${(position + 1) * 2 ** level - 1}`;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
