import { expect, test } from "vitest";
import { testRuntime } from "../../test/support/runtime.ts";
import { openTestStore } from "../../test/support/store.ts";
import { testVault } from "../../test/support/vault.ts";
import { makeAuditLog } from "../audit/sql-audit-log.ts";
import { deploymentOf } from "./deployment-of.ts";
import { storedPlaybooks, withEarlierPlaybooks } from "./earlier-playbooks.ts";
import { loadDeployment } from "./load-deployment.ts";
import { recordPlaybooks } from "./playbook-versions.ts";

test("a version that the files no longer have is known as it was recorded, in the mode of the newest", async () => {
  const deployment = loadDeployment({ configDir: "data", playbooksDir: "data/playbooks" });
  const [book] = deployment.playbooks;
  if (book === undefined) throw new Error("the sample has no playbook");
  const opened = await openTestStore();
  const { clock, ids } = testRuntime();
  const audit = makeAuditLog({ vault: testVault(), clock, ids });
  const gone = { ...book, id: "taken-away", priority: 99 };
  await opened.store.write((trx) => recordPlaybooks(trx, [book, gone], { audit, clock }));
  const stored = await storedPlaybooks(opened.store.read);
  await opened.close();
  expect(stored).toHaveLength(2);

  const { id, version } = book;
  const newer = { ...book, version: version + 1, title: "Anew", mode: { kind: "shadow" } as const };
  const files = {
    ...deployment,
    playbooks: [newer],
    playbook: (name: string, of: number) => (name === id && of === newer.version ? newer : null),
  };
  const known = withEarlierPlaybooks(files, stored);
  expect(known.playbook(id, version)).toEqual({ ...book, mode: { kind: "shadow" } });
  expect(known.playbook(id, newer.version)).toBe(newer);
  expect(known.playbook(gone.id, gone.version)?.mode).toEqual({ kind: "off" });
  expect(known.playbook(id, 99)).toBeNull();
  // What is chosen for a new event is the files' alone.
  expect(known.playbooks).toEqual([newer]);
  expect(known.choosePlaybook).toBe(deployment.choosePlaybook);
});

test("a version whose file still lies beside the newer one's has the newer one's mode", () => {
  const deployment = loadDeployment({ configDir: "data", playbooksDir: "data/playbooks" });
  const [book] = deployment.playbooks;
  if (book === undefined) throw new Error("the sample has no playbook");
  const off = { ...book, version: book.version + 1, mode: { kind: "off" } as const };
  const { playbook } = withEarlierPlaybooks(deploymentOf({ ...deployment, playbooks: [book, off] }), [book, off]);
  expect(playbook(book.id, book.version)).toEqual({ ...book, mode: { kind: "off" } });
  expect(playbook(off.id, off.version)).toBe(off);
});
