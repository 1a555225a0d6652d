import { createHash } from "node:crypto";

/** A complete subtree: the node at `position` of `level`; it covers leaves [position·2^level, (position+1)·2^level). */
export interface MerkleNode {
  readonly level: number;
  readonly position: number;
  readonly hash: Uint8Array;
}

/** An append-only RFC 6962 tree, held as its complete subtrees: at most one hash per bit of its size. */
export interface MerkleTree {
  size(): number;
  /** Adds a leaf by its hash; answers the nodes that it completed, the leaf itself first. */
  append(leaf: Uint8Array): readonly MerkleNode[];
  /** MTH of RFC 6962, section 2.1. */
  root(): Uint8Array;
}

/** Continues a tree of `size` leaves from the hashes of its complete subtrees, as `frontier(size)` orders them. */
export function makeMerkleTree(size = 0, hashes: readonly Uint8Array[] = []): MerkleTree {
  let leaves = size;
  const subtrees: MerkleNode[] = frontier(size).map(({ level, position }, i) => {
    const hash = hashes[i];
    if (hash === undefined) throw new RangeError(`a tree of ${size} leaves needs more than ${hashes.length} hashes`);
    return { level, position, hash };
  });
  return {
    size: () => leaves,
    append(leaf) {
      let node: MerkleNode = { level: 0, position: leaves, hash: leaf };
      const completed = [node];
      for (let left = subtrees.at(-1); left?.level === node.level; left = subtrees.at(-1)) {
        subtrees.pop();
        node = {
          level: node.level + 1,
          position: Math.floor(node.position / 2),
          hash: nodeHash(left.hash, node.hash),
        };
        completed.push(node);
      }
      subtrees.push(node);
      leaves += 1;
      return completed;
    },
    root() {
      const last = subtrees.at(-1);
      if (last === undefined) return createHash("sha256").digest();
      // The largest complete subtree is the left child of the root, and so on down to the right edge.
      return subtrees.slice(0, -1).reduceRight((right, left) => nodeHash(left.hash, right), last.hash);
    },
  };
}

/** RFC 6962, section 2.1: SHA-256(0x00 ‖ entry); text is taken as UTF-8. */
export function leafHash(entry: string | Uint8Array): Uint8Array {
  return createHash("sha256").update(leafPrefix).update(entry).digest();
}

/** RFC 6962, section 2.1: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return createHash("sha256").update(nodePrefix).update(left).update(right).digest();
}

/** Where the complete subtrees of a tree of `size` leaves stand, from the left (the largest) to the right. */
export function frontier(size: number): readonly Omit<MerkleNode, "hash">[] {
  const places: Omit<MerkleNode, "hash">[] = [];
  let covered = 0;
  // Arithmetic and not bit operators, which would cut sizes to 32 bits.
  for (let level = Math.floor(Math.log2(Math.max(size, 1))); level >= 0; level--) {
    const width = 2 ** level;
    if (size - covered < width) continue;
    places.push({ level, position: covered / width });
    covered += width;
  }
  return places;
}

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);
