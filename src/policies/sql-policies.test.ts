import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openPolicies, setAgainst } from "../../test/support/policies.ts";
import { openTestStore, type TestStore } from "../../test/support/store.ts";
import { isAppError } from "../domain/errors.ts";
import { makePolicies } from "./sql-policies.ts";

let db: TestStore;
let here: Awaited<ReturnType<typeof openPolicies>>;
beforeEach(async () => {
  db = await openTestStore();
  here = await openPolicies(db);
});
afterEach(() => db.close());

const versionOf = (files: ReturnType<typeof setAgainst>) => here.policies.check(files).rules?.version ?? "";
const [noChat, noWeb] = [setAgainst("chat"), setAgainst("web")];
const entries = async () =>
  (await db.store.read.selectFrom("audit_entries").selectAll().orderBy("entry_id").execute()).map((one) => ({
    kind: one.kind,
    subject: one.subject,
    body: one.body,
  }));
const codeOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  return isAppError(error) ? error.code : error;
};

describe("a first start", () => {
  test("without a folder leaves the built-in rules alone, and records nothing", async () => {
    expect(await here.begin()).toEqual({ version: "none", warnings: [] });
    expect(await here.policies.history(db.store.read)).toEqual([]);
    expect(here.ruleset()).toMatch(/^2026-11-01\.\d+$/);
  });

  test("records what the folder has, and has it stand", async () => {
    const version = versionOf(noChat);
    expect(await here.begin(noChat)).toEqual({ version, warnings: [] });
    expect(here.ruleset()).toMatch(new RegExp(`\\+${version}$`));
    expect(await here.policies.history(db.store.read)).toMatchObject([
      { from: "none", to: version, origin: "folder", by: "start" },
    ]);
    expect(await entries()).toMatchObject([{ kind: "policies.switched", subject: `policies:${version}` }]);
  });

  test("is none with a folder that is not usable", async () => {
    const broken = [{ name: "own.cedar", text: "forbid (principal, action resource);" }];
    await expect(here.begin(broken)).rejects.toMatchObject({
      code: "config",
      message: expect.stringContaining("own.cedar:1"),
    });
    const problems = [{ file: "own.cedar", line: null, rule: null, message: "cannot be read" }];
    await expect(here.policies.begin(db.store, { path: "my-policies", files: [], problems })).rejects.toMatchObject({
      code: "config",
    });
    expect(await here.policies.history(db.store.read)).toEqual([]);
  });
});

describe("a later start", () => {
  test("has stand what was recorded, whatever the folder holds, and says so", async () => {
    await here.begin(noChat);
    const version = versionOf(noChat);
    const again = await openPolicies(db);
    expect(await again.begin(noChat)).toEqual({ version, warnings: [] });

    const other = await openPolicies(db);
    const begun = await other.begin(noWeb);
    expect(begun.version).toBe(version);
    expect(begun.warnings.join("\n")).toMatch(
      new RegExp(`^my-policies holds ${versionOf(noWeb)}: .*policies switch-on my-policies`),
    );
    expect(other.ruleset()).toMatch(new RegExp(`\\+${version}$`));

    const emptied = await openPolicies(db);
    expect((await emptied.begin([])).warnings.join("\n")).toMatch(/^my-policies is empty: .*policies roll-back none/);
    expect(emptied.policies.standing().version).toBe(version);

    const broken = await openPolicies(db);
    const words = (await broken.begin([{ name: "own.cedar", text: "forbid (" }])).warnings.join("\n");
    expect(words).toMatch(/^my-policies is not usable: .*\nin my-policies: own\.cedar:1/);
    expect(broken.policies.standing().version).toBe(version);
    expect(await here.policies.history(db.store.read)).toHaveLength(1);
  });

  test("after a set was switched on from elsewhere is content with no folder", async () => {
    await here.begin();
    await here.switchOn(noChat);
    const again = await openPolicies(db);
    expect(await again.begin()).toEqual({ version: versionOf(noChat), warnings: [] });
  });

  test("is none with a set that the rules of this release have something against, and says how to go on", async () => {
    await here.begin();
    await here.switchOn(noChat);
    const files = JSON.stringify([
      { name: "overrides.yaml", text: "overrides: [{ rule: asset.gone, effect: deny, reason: x }]" },
    ]);
    await db.store.write((trx) => trx.updateTable("policy_sets").set({ files_json: files }).execute());
    const again = await openPolicies(db);
    await expect(again.begin()).rejects.toMatchObject({
      code: "config",
      message: expect.stringMatching(/does not fit the rules of this release[\s\S]*asset\.gone/),
    });
  });
});

describe("a switch", () => {
  test("stands from its commit on, in this process; is in the history and, without its reason, in the log", async () => {
    await here.begin();
    const plain = here.ruleset();
    const made = await here.switchOn(noChat, { reason: "Asked for by Jane Doe", by: "key_1" });
    const version = versionOf(noChat);
    expect(made).toMatchObject({ from: "none", to: version, origin: "switched", by: "key_1" });
    expect(here.ruleset()).toBe(`${plain}+${version}`);
    expect(here.told).toEqual([version]);
    expect(await here.policies.files(db.store.read, version)).toEqual(noChat);
    expect(await here.policies.files(db.store.read, "own.000000000000")).toBeNull();
    expect(await here.policies.history(db.store.read)).toMatchObject([{ reason: "Asked for by Jane Doe" }]);
    const [entry] = await entries();
    expect(JSON.parse(entry?.body ?? "")).toMatchObject({ from: "none", to: version, by: "key_1" });
    expect(entry?.body).not.toContain("Jane Doe");
  });

  test("to what stands is a conflict", async () => {
    await here.begin();
    expect(await codeOf(here.switchOn([]))).toBe("conflict");
    await here.switchOn(noChat);
    expect(await codeOf(here.switchOn(noChat))).toBe("conflict");
    expect(await here.policies.history(db.store.read)).toHaveLength(1);
  });

  test("whose transaction fails changes nothing", async () => {
    await here.begin();
    const plain = here.ruleset();
    const { rules } = here.policies.check(noChat);
    if (rules === null) throw new Error("not usable");
    const failing = db.store.write(async (trx) => {
      await here.policies.switchOn(trx, { rules, reason: "x", by: "key_1" });
      throw new Error("the disk is full");
    });
    await expect(failing).rejects.toThrow("the disk is full");
    expect([here.ruleset(), here.policies.standing().version]).toEqual([plain, "none"]);
    expect(await here.policies.history(db.store.read)).toEqual([]);
  });

  test("can be taken back, to the set before it, to any that stood, and to the built-in rules alone", async () => {
    await here.begin();
    expect(await codeOf(here.rollBack())).toBe("conflict");
    await here.switchOn(noChat);
    await here.switchOn(noWeb);
    expect(await here.rollBack()).toMatchObject({ from: versionOf(noWeb), to: versionOf(noChat), by: "key_2" });
    expect(here.ruleset()).toMatch(new RegExp(`\\+${versionOf(noChat)}$`));
    expect(await here.rollBack()).toMatchObject({ to: versionOf(noWeb) });
    expect(await here.rollBack("none")).toMatchObject({ to: "none" });
    expect(here.ruleset()).toMatch(/^2026-11-01\.\d+$/);
    expect(await codeOf(here.rollBack("own.000000000000"))).toBe("not-found");
    expect(await codeOf(here.rollBack("none"))).toBe("conflict");
    expect((await entries()).map(({ kind }) => kind)).toEqual(Array(5).fill("policies.switched"));
  });

  test("of another process is followed, once", async () => {
    await here.begin();
    const other = await openPolicies(db);
    await other.begin();
    await other.switchOn(noWeb);
    expect(here.policies.standing().version).toBe("none");
    expect(await here.policies.follow(db.store)).toBe(true);
    expect(here.ruleset()).toBe(other.ruleset());
    expect(await here.policies.follow(db.store)).toBe(false);
    expect(here.told).toEqual([versionOf(noWeb)]);
  });

  test("is none where the rules were given to the process", async () => {
    const { policies, runtime } = here;
    const { rules } = policies.check(noChat);
    if (rules === null) throw new Error("not usable");
    const audit = { append: async () => Promise.reject(new Error("nothing is logged here")) };
    const given = makePolicies({
      pack: { check: policies.check, softening: () => ({ answer: "possible", words: "" }) },
      guardrail: null,
      audit,
      ...runtime,
    });
    expect(() => given.rules()).toThrow(/not switched here/);
    expect(await given.follow(db.store)).toBe(false);
  });
});
