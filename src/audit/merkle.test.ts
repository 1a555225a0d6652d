import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { frontier, leafHash, type MerkleNode, makeMerkleTree, nodeHash } from "./merkle.ts";

/** RFC 6962, section 2.1, as it stands there: recursive over the whole list. */
function mth(entries: readonly Uint8Array[]): Uint8Array {
  const [only] = entries;
  if (only === undefined) return createHash("sha256").digest();
  if (entries.length === 1) return createHash("sha256").update(Uint8Array.of(0)).update(only).digest();
  let k = 1;
  while (k * 2 < entries.length) k *= 2;
  return createHash("sha256")
    .update(Uint8Array.of(1))
    .update(mth(entries.slice(0, k)))
    .update(mth(entries.slice(k)))
    .digest();
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const entriesTo = (size: number) => Array.from({ length: size }, (_, i) => Buffer.from(`entry ${i}`));

it("equals the recursive definition at every size to 300", () => {
  const entries = entriesTo(300);
  const tree = makeMerkleTree();
  expect(hex(tree.root())).toBe(hex(mth([])));
  for (const [i, entry] of entries.entries()) {
    tree.append(leafHash(entry));
    expect(tree.size()).toBe(i + 1);
    expect(hex(tree.root()), `size ${i + 1}`).toBe(hex(mth(entries.slice(0, i + 1))));
  }
});

it("gives the roots of the eight reference leaves", () => {
  const leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
  const roots = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ];
  const tree = makeMerkleTree();
  expect(hex(tree.root())).toBe(roots[0]);
  for (const [i, leaf] of leaves.entries()) {
    tree.append(leafHash(Buffer.from(leaf, "hex")));
    expect(hex(tree.root())).toBe(roots[i + 1]);
  }
});

it("continues from the complete subtrees of any size as if it had never stopped", () => {
  fc.assert(
    fc.property(fc.nat({ max: 200 }), fc.nat({ max: 100 }), (before, after) => {
      const entries = entriesTo(before + after);
      const nodes = new Map<string, Uint8Array>();
      const keep = (completed: readonly MerkleNode[]) => {
        for (const node of completed) nodes.set(`${node.level}/${node.position}`, node.hash);
      };
      const first = makeMerkleTree();
      for (const entry of entries.slice(0, before)) keep(first.append(leafHash(entry)));
      const hashes = frontier(before).map(
        ({ level, position }) => nodes.get(`${level}/${position}`) ?? Buffer.alloc(0),
      );
      const second = makeMerkleTree(before, hashes);
      for (const entry of entries.slice(before)) keep(second.append(leafHash(entry)));
      expect(hex(second.root())).toBe(hex(mth(entries)));
      // Every complete subtree was answered exactly once, and none besides.
      let complete = 0;
      for (let width = 1; width <= entries.length; width *= 2) complete += Math.floor(entries.length / width);
      expect(nodes.size).toBe(complete);
    }),
  );
});

it("tells leaves from nodes, so that a pair of hashes cannot pass as an entry", () => {
  const [a, b] = [leafHash("a"), leafHash("b")];
  expect(hex(leafHash(Buffer.concat([a, b])))).not.toBe(hex(nodeHash(a, b)));
});

it("places subtrees of sizes past 32 bits", () => {
  const size = 2 ** 40 + 2 ** 33 + 1;
  expect(frontier(size)).toEqual([
    { level: 40, position: 0 },
    { level: 33, position: 2 ** 7 },
    { level: 0, position: 2 ** 40 + 2 ** 33 },
  ]);
});

it("refuses to continue with a hash missing", () => {
  expect(() => makeMerkleTree(3, [leafHash("a")])).toThrow(RangeError);
});
