import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { placementFacts } from "../../test/support/placement-facts.ts";
import { openPolicies } from "../../test/support/policies.ts";
import { openTestStore, type TestStore } from "../../test/support/store.ts";
import { isAppError } from "../domain/errors.ts";
import type { PlacementFacts } from "../domain/facts.ts";
import { ruleIds } from "../domain/rule-words.ts";
import { isUnsoftened, unsoftened } from "../guardrails/apply-overrides.ts";
import { makeGuardrail } from "../guardrails/cedar-guardrail.ts";
import type { GivenOverride } from "./policies.ts";

const day = 86_400_000;
let db: TestStore;
let here: Awaited<ReturnType<typeof openPolicies>>;
beforeAll(async () => {
  db = await openTestStore();
  here = await openPolicies(db);
  await here.begin();
});
afterAll(() => db.close());

const now = () => here.runtime.clock.now();
const given = (different: Partial<GivenOverride> = {}): GivenOverride => ({
  rule: "claim.supported",
  scope: "global",
  target: "*",
  reason: "Agreed with Jane Doe",
  until: now() + day,
  by: "key_1",
  ...different,
});
const set = (different: Partial<GivenOverride> = {}) =>
  db.store.write((trx) => here.policies.setOverride(trx, given(different)));
const clear = (id: string) => db.store.write((trx) => here.policies.clearOverride(trx, id, "key_2"));
const standing = () => here.policies.overrides(db.store.read);
const clearAll = async () => {
  for (const { overrideId } of await standing()) await clear(overrideId);
};
/** Words that nothing bears out, so that `claim.supported` denies. */
const boasting = () => placementFacts({ proposed: { framing: "Live in 7 days" }, facts: { now: now() } });
const effectOf = (facts: PlacementFacts) =>
  here.guardrail.judge(facts).findings.find(({ rule }) => rule === "claim.supported")?.effect;

describe("an override", () => {
  test("asks a person until it ends by itself, or is taken back, under a ruleset of its own", async () => {
    const plain = here.ruleset();
    expect(effectOf(boasting())).toBe("deny");
    const { overrideId } = await set();
    expect(effectOf(boasting())).toBe("review");
    expect(here.ruleset()).toMatch(/\+soft\.[0-9a-f]{12}$/);
    expect(await clear(overrideId)).toBe(true);
    expect(effectOf(boasting())).toBe("deny");
    expect([await clear(overrideId), await clear("ovr_x")]).toEqual([false, false]);

    await set();
    here.runtime.advance(day);
    expect(effectOf(boasting())).toBe("deny");
    expect([here.ruleset(), await standing()]).toEqual([plain, []]);
  });

  test.each([
    { scope: "channel", target: "web", here: "review" },
    { scope: "channel", target: "email", here: "deny" },
    { scope: "asset", target: "asset-1", here: "review" },
    { scope: "asset", target: "asset-2", here: "deny" },
    { scope: "playbook", target: "no-such", here: "deny" },
  ] as const)("for the $scope $target: $here", async ({ scope, target, here: effect }) => {
    await set({ scope, target });
    expect(effectOf(boasting())).toBe(effect);
    await clearAll();
  });

  test("is in the list of rules, with what follows in its scope and beyond it", async () => {
    const listed = () => here.policies.rules().items.find(({ rule }) => rule === "claim.statistic");
    expect(listed()).toMatchObject({ override: null, effects: ["deny"] });
    await set({ rule: "claim.statistic", scope: "channel", target: "web" });
    expect(listed()).toMatchObject({ override: "softened", effects: ["review", "deny"] });
    await set({ rule: "claim.statistic" });
    expect(listed()).toMatchObject({ override: "softened", effects: ["review"] });
    await clearAll();
  });

  test("takes the place of the one for the same rule and scope, and of no other", async () => {
    const first = await set();
    const second = await set({ until: now() + 2 * day });
    await set({ scope: "asset", target: "asset-1" });
    expect((await standing()).map(({ overrideId }) => overrideId)).not.toContain(first.overrideId);
    expect(await standing()).toHaveLength(2);
    expect(second.until).toBe(now() + 2 * day);
    await clearAll();
  });

  test("is in the log by name, without its reason", async () => {
    await set();
    await clearAll();
    const rows = await db.store.read
      .selectFrom("audit_entries")
      .selectAll()
      .orderBy("entry_id", "desc")
      .limit(2)
      .execute();
    expect(rows.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
      "policy-override.cleared rule:claim.supported",
      "policy-override.set rule:claim.supported",
    ]);
    expect(rows.map(({ body }) => JSON.parse(body).by)).toEqual(["key_2", "key_1"]);
    expect(JSON.stringify(rows)).not.toContain("Jane Doe");
  });

  test.each<[string, Partial<GivenOverride>, string, string]>([
    ["a rule that there is not", { rule: "claim.suported" }, "not-found", "near it: claim.supported"],
    ["a rule of the deployment's own", { rule: "own.no-web" }, "invalid", "the deployment's own"],
    ["a rule that never denies", { rule: "claim.typical" }, "invalid", "never denies"],
    ["the confidence", { rule: "autonomy.confidence" }, "invalid", "never denies"],
    ["an end that is now", { until: -1 }, "invalid", "past"],
    ["an end that is too far", { until: 91 }, "invalid", "90 days"],
    ["an end that is no number", { until: Number.NaN }, "invalid", "past"],
  ])("for %s is refused", async (_, different, code, words) => {
    const until = different.until === undefined ? given().until : now() + different.until * day;
    const error: unknown = await set({ ...different, until }).catch((reason: unknown) => reason);
    if (!isAppError(error)) throw error;
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
    expect(await standing()).toEqual([]);
  });

  test("stands to its last day: 90 from now", async () => {
    await expect(set({ until: now() + 90 * day })).resolves.toMatchObject({ until: now() + 90 * day });
    await expect(set({ until: now() + 90 * day + 1 })).rejects.toMatchObject({ code: "invalid" });
    await clearAll();
  });

  test.each(Object.keys(unsoftened))("of %s is refused, with the reason", async (rule) => {
    await expect(set({ rule })).rejects.toMatchObject({ message: expect.stringMatching(/may not be softened: ./) });
  });

  test("gives way to a file that tightens the rule, and is refused while that stands", async () => {
    const old = placementFacts({ asset: { freshnessTimestamp: "2020-01-01T00:00:00Z" } });
    const effect = () => here.guardrail.judge(old).findings.find(({ rule }) => rule === "asset.fresh")?.effect;
    const before = effect();
    await set({ rule: "asset.fresh" });
    const text = "overrides: [{ rule: asset.fresh, effect: deny, reason: No old proof }]";
    await here.switchOn([{ name: "overrides.yaml", text }]);
    expect([before, effect()]).toEqual(["review", "deny"]);
    await expect(set({ rule: "asset.fresh" })).rejects.toMatchObject({ code: "conflict" });
    await here.rollBack();
    await clearAll();
  });
});

test("no override that is taken makes any rule weaker than asking a person, nor one that it may not", async () => {
  const plain = await makeGuardrail();
  const scope = fc.constantFrom(
    { scope: "global", target: "*" } as const,
    { scope: "channel", target: "web" } as const,
    { scope: "asset", target: "asset-1" } as const,
  );
  const rule = fc.oneof(fc.constantFrom(...ruleIds), fc.constantFrom("own.x", "*", "__proto__", "consent", ""));
  const days = fc.integer({ min: -2, max: 120 });
  const changes = fc.constantFrom(
    boasting(),
    placementFacts({ grants: [] }),
    placementFacts({ lead: null }),
    placementFacts({ facts: { assetStatus: null } }),
    placementFacts({ asset: { freshnessTimestamp: "2020-01-01T00:00:00Z" } }),
    placementFacts({ playbook: { mode: { kind: "shadow" } } }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(rule, scope, days), { maxLength: 5 }), changes, async (asked, facts) => {
      const taken = new Set<string>();
      for (const [one, place, length] of asked) {
        const made = await set({ rule: one, ...place, until: now() + length * day }).catch(() => null);
        if (made) taken.add(one);
      }
      const [before, after] = [plain.judge(facts), here.guardrail.judge(facts)];
      for (const [at, { rule: id, effect }] of before.findings.entries()) {
        const found = after.findings[at];
        expect(found?.rule).toBe(id);
        if (effect !== "deny" || !taken.has(id) || isUnsoftened(id)) expect(found?.effect).toBe(effect);
        else expect(["review", "deny"]).toContain(found?.effect);
      }
      await clearAll();
    }),
    { numRuns: 60 },
  );
});
