import type { Runtime } from "../../src/runtime/runtime.ts";
import { makeVault } from "../../src/vault/envelope-vault.ts";
import type { Vault } from "../../src/vault/vault.ts";
import { testRuntime } from "./runtime.ts";

/** A vault under a fixed key. */
export function testVault(runtime: Runtime = testRuntime({ seed: "vault" })): Vault {
  return makeVault({ keyEncryptionKey: new Uint8Array(32).fill(7), runtime });
}
