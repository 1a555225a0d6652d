import { readFileSync } from "node:fs";
import fc from "fast-check";
import { afterEach, beforeEach, expect, it } from "vitest";
import { testRuntime } from "../../test/support/runtime.ts";
import { openTestStore, type TestStore } from "../../test/support/store.ts";
import { testVault } from "../../test/support/vault.ts";
import { makeVault } from "./envelope-vault.ts";
import type { Vault } from "./vault.ts";
import { verifyVaultKey } from "./verify-vault-key.ts";

let test: TestStore;
let vault: Vault;
beforeEach(async () => {
  test = await openTestStore();
  vault = testVault();
});
afterEach(() => test.close());

const seal = (text: string, by = vault) => test.store.write((trx) => by.seal(trx, "lead:L-1", "identity", text));
const open = (sealed: Uint8Array, by = vault) => by.open(test.store.read, "lead:L-1", "identity", sealed);
const otherKek = () => makeVault({ keyEncryptionKey: new Uint8Array(32).fill(8), runtime: testRuntime() });

it("opens any text that it sealed, also in a new process", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme" }), async (text) => {
      const sealed = await seal(text);
      expect(await open(sealed)).toBe(text);
      expect(await open(sealed, testVault())).toBe(text);
    }),
    { numRuns: 50 },
  );
});

it("seals the same text differently each time", async () => {
  expect(await seal("Ada")).not.toEqual(await seal("Ada"));
});

it("refuses a ciphertext with any byte changed or missing", async () => {
  const sealed = await seal("ada@example.com");
  for (let i = 0; i < sealed.length; i++) {
    const changed = Uint8Array.from(sealed);
    changed[i] = (changed[i] ?? 0) ^ 1;
    await expect(open(changed)).rejects.toMatchObject({ code: "corrupt" });
    await expect(open(sealed.subarray(0, i))).rejects.toMatchObject({ code: "corrupt" });
  }
});

it("refuses a ciphertext moved to another person or purpose", async () => {
  const sealed = await seal("Ada");
  await test.store.write((trx) => vault.seal(trx, "lead:L-2", "identity", "Bo"));
  const { read } = test.store;
  await expect(vault.open(read, "lead:L-2", "identity", sealed)).rejects.toMatchObject({ code: "corrupt" });
  await expect(vault.open(read, "lead:L-1", "event", sealed)).rejects.toMatchObject({ code: "corrupt" });
  await expect(vault.open(read, "lead:L-3", "identity", sealed)).rejects.toMatchObject({ code: "corrupt" });
});

it("refuses a wrapped key that was changed or moved to another person", async () => {
  const sealed = await seal("Ada");
  const row = await test.store.read.selectFrom("person_keys").selectAll().executeTakeFirstOrThrow();
  await test.store.write((trx) =>
    trx
      .insertInto("person_keys")
      .values({ ...row, person_id: "lead:L-2" })
      .execute(),
  );
  await expect(vault.open(test.store.read, "lead:L-2", "identity", sealed)).rejects.toMatchObject({ code: "corrupt" });
});

it("refuses another key-encryption key, when reading and at start", async () => {
  const sealed = await seal("Ada");
  await test.store.write((trx) => verifyVaultKey(trx, vault));
  await test.store.write((trx) => verifyVaultKey(trx, testVault()));
  await expect(open(sealed, otherKek())).rejects.toMatchObject({ code: "corrupt" });
  await expect(test.store.write((trx) => verifyVaultKey(trx, otherKek()))).rejects.toMatchObject({ code: "config" });
});

it("leaves no plaintext in the database files", async () => {
  const text = "ada.lovelace@analytical.example";
  await seal(text);
  const bytes = Buffer.concat([readFileSync(test.file), readFileSync(`${test.file}-wal`)]);
  expect(bytes.includes("lead:L-1")).toBe(true);
  expect(bytes.includes(text)).toBe(false);
  expect(bytes.includes("lovelace")).toBe(false);
});

it("does not keep a key whose making was rolled back", async () => {
  const failed = test.store.write(async (trx) => {
    await vault.seal(trx, "lead:L-1", "identity", "Ada");
    throw new Error("no");
  });
  await expect(failed).rejects.toThrow("no");
  const sealed = await seal("Ada");
  expect(await open(sealed, testVault())).toBe("Ada");
});

it("makes one key when a work seals twice at once", async () => {
  const [first, second] = await test.store.write((trx) =>
    Promise.all([vault.seal(trx, "lead:L-1", "identity", "a"), vault.seal(trx, "lead:L-1", "identity", "b")]),
  );
  expect(await open(first, testVault())).toBe("a");
  expect(await open(second, testVault())).toBe("b");
});

it("asks the database nothing for a person whose key it holds", async () => {
  const sealed = await seal("Ada");
  await test.store.write((trx) => trx.deleteFrom("person_keys").execute());
  expect(await open(sealed)).toBe("Ada");
});

it("keeps no more keys than it was told", async () => {
  const small = makeVault({ keyEncryptionKey: new Uint8Array(32).fill(7), runtime: testRuntime(), cacheSize: 1 });
  const sealed = await seal("Ada", small);
  await test.store.write((trx) => small.seal(trx, "lead:L-2", "identity", "Bo"));
  await test.store.write((trx) => trx.deleteFrom("person_keys").execute());
  await expect(open(sealed, small)).rejects.toMatchObject({ code: "corrupt" });
});

it("opens nothing of an erased person, also from its cache, and seals nothing more", async () => {
  const sealed = await seal("Ada");
  const before = await test.store.write((trx) => vault.pseudonym(trx, "lead:L-1"));
  await test.store.write((trx) => vault.erase(trx, "lead:L-1"));
  expect(await open(sealed)).toBeNull();
  expect(await open(sealed, testVault())).toBeNull();
  await expect(seal("Ada")).rejects.toMatchObject({ code: "gone" });
  expect(before).toMatch(/^psn_[0-9a-f]{32}$/);
  expect(await test.store.write((trx) => vault.pseudonym(trx, "lead:L-1"))).toBe("psn_erased");
});

it("sees an erasure within the work and within the batch, and undoes it with them", async () => {
  const sealed = await seal("Ada");
  const inside = test.store.write(async (trx) => {
    await vault.erase(trx, "lead:L-1");
    expect(await vault.open(trx, "lead:L-1", "identity", sealed)).toBeNull();
    throw new Error("no");
  });
  await expect(inside).rejects.toThrow("no");
  expect(await open(sealed)).toBe("Ada");
  const erased = test.store.write((trx) => vault.erase(trx, "lead:L-1"));
  await expect(seal("Ada")).rejects.toMatchObject({ code: "gone" });
  await erased;
});

it("gives each person a stable pseudonym and each use a stable secret", async () => {
  const pseudonym = (by: Vault, id: string) => test.store.write((trx) => by.pseudonym(trx, `lead:${id}`));
  expect(await pseudonym(vault, "L-1")).toBe(await pseudonym(testVault(), "L-1"));
  expect(await pseudonym(vault, "L-1")).not.toBe(await pseudonym(vault, "L-2"));
  expect(vault.secret("tokens")).toEqual(testVault().secret("tokens"));
  expect(vault.secret("tokens")).not.toEqual(vault.secret("permits"));
  expect(vault.secret("tokens")).not.toEqual(otherKek().secret("tokens"));
});

it("tells the pseudonym of somebody it keeps something of, of nobody else, and of nobody who was erased", async () => {
  const known = () => vault.knownPseudonym(test.store.read, "lead:L-1");
  expect(await known()).toBeNull();
  const made = await test.store.write((trx) => vault.pseudonym(trx, "lead:L-1"));
  expect(await known()).toBe(made);
  await test.store.write((trx) => vault.erase(trx, "lead:L-1"));
  expect(await known()).toBeNull();
});

it("digests a text about a person under the person's own key, until it is destroyed", async () => {
  const digest = (by: Vault, id: string, text: string) => test.store.write((trx) => by.digest(trx, `lead:${id}`, text));
  const first = await digest(vault, "L-1", "reads the prices");
  expect(first).toMatch(/^hmac-sha256:[0-9a-f]{64}$/);
  expect(await digest(testVault(), "L-1", "reads the prices")).toBe(first);
  expect(await digest(vault, "L-2", "reads the prices")).not.toBe(first);
  expect(await digest(vault, "L-1", "reads the price")).not.toBe(first);
  await test.store.write((trx) => vault.erase(trx, "lead:L-1"));
  expect(await digest(vault, "L-1", "reads the prices")).toBe("psn_erased");
});

it("hashes an e-mail address alike however it was typed, and only under its key", () => {
  expect(vault.lookupHash("email", " Zo\u0065\u0308@Example.COM ")).toBe(
    vault.lookupHash("email", "zo\u00eb@example.com"),
  );
  expect(vault.lookupHash("email", "a@example.com")).not.toBe(vault.lookupHash("email", "b@example.com"));
  expect(vault.lookupHash("email", "a@example.com")).not.toBe(otherKek().lookupHash("email", "a@example.com"));
});
