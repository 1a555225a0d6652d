import {
  type CedarValueJson,
  type Context,
  preparsePolicySet,
  preparseSchema,
  statefulIsAuthorized,
} from "@cedar-policy/cedar-wasm/nodejs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placementFacts } from "../../test/support/placement-facts.ts";
import { AppError } from "../domain/errors.ts";
import { attributesRead } from "./attributes-read.ts";
import { type CedarAnswer, makeCedarEngine } from "./cedar-engine.ts";
import { makeGuardrail } from "./cedar-guardrail.ts";
import { toCedarContext } from "./cedar-request.ts";
import { loadPolicyFiles, toPolicyFiles } from "./policy-files.ts";
import { loadRuleData } from "./rule-data.ts";
import { subjectOf } from "./subject.ts";

const files = loadPolicyFiles();
const data = loadRuleData();

const annotated = (body: string) => `@id("test.rule") @effect("deny") @holds("h") @reason("r") @source("s")
  @effective_from("2026-11-01") forbid (principal, action == Action::"publish", resource) ${body};`;
const withRule = (text: string) =>
  toPolicyFiles(files.schema, [
    { name: "base.cedar", text: files.base },
    ...files.rules.map((rule) => ({ name: "rule.cedar", text: rule.text })),
    { name: "test.cedar", text },
  ]);

describe("the policies", () => {
  test("each names its source, its words and its date of force", () => {
    expect(files.rules.length).toBeGreaterThan(15);
    for (const rule of files.rules) {
      expect(rule.reason).toMatch(/\.$/);
      expect(rule.holds).toMatch(/\.$/);
      expect(rule.source).not.toBe("");
      expect(rule.effectiveFrom).toBe(Date.parse("2026-11-01"));
    }
  });

  test("each fires when nothing is known or its own case is given", () => {
    const engine = makeCedarEngine(files);
    const context = (different: Parameters<typeof placementFacts>[0]) =>
      toCedarContext(subjectOf(placementFacts(different)), data);
    const email = { definition: { channel: "email", place: "step-1" } } as const;
    const fired = new Set(
      [
        { use: { channel: "web", purpose: "nurture" } },
        { use: { channel: "email", purpose: "nurture" } },
        context({
          playbook: { mode: { kind: "off" } },
          asset: { source: { system: "gartner", verified: true }, freshnessTimestamp: "2020-01-01T00:00:00Z" },
        }),
        context({ playbook: { mode: { kind: "shadow" } }, grant: { maxUses: { count: 1, perDays: 1 } } }),
        context({
          grant: { attribution: "anonymous", elements: ["quote"] },
          endorser: { relationship: "customer", company: "Globex International GmbH" },
          asset: { title: "How Globex cut its costs" },
        }),
        {
          ...context(email),
          contact: {
            cap: 1,
            accountCap: 1,
            channelCap: 1,
            inWindow: 0,
            repeats: 0,
            quietHours: { from: 0, to: 23 },
            localHour: 1,
          },
        },
      ].flatMap((one) => {
        const answer = engine.answer(one);
        return "fired" in answer ? answer.fired : [];
      }),
    );
    expect([...fired].sort()).toEqual(files.rules.map((rule) => rule.key).sort());
  });

  test("none fires on what every rule allows", () => {
    expect(makeCedarEngine(files).answer(toCedarContext(subjectOf(placementFacts()), data))).toEqual({ fired: [] });
  });

  test.each([
    ["does not parse", annotated("when { context has }")],
    ["reads what is optional without asking", annotated("unless { context.grant.revoked }")],
    ["reads what the schema does not have", annotated("when { context has budget && context.budget > 1 }")],
    ["has no annotations", 'forbid (principal, action == Action::"publish", resource);'],
    ["has an effect that is none", annotated("").replace('"deny"', '"permit"')],
    ["is there twice", `${annotated("")} ${annotated("")}`],
    ["ends before it begins", annotated("").replace("forbid (", '@effective_to("2026-10-01") forbid (')],
    [
      "leaves a gap",
      `${annotated("").replace("forbid (", '@effective_to("2027-01-01") forbid (')} ${annotated("").replace("2026-11-01", "2027-02-01")}`,
    ],
    [
      "leaves a gap between its parts",
      `${annotated("").replace("forbid (", '@part("a") @effective_to("2027-01-01") forbid (')} ${annotated("").replace("2026-11-01", "2027-02-01").replace("forbid (", '@part("b") forbid (')}`,
    ],
    ["permits", 'permit (principal, action == Action::"publish", resource);'],
  ])("a policy that %s stops the start", async (_why, text) => {
    await expect((async () => makeGuardrail(withRule(text)))()).rejects.toSatisfy(
      (error) => error instanceof AppError && error.code === "config",
    );
  });
});

describe("the engine denies when it can't answer in whole", () => {
  // Passes validation and overflows when it is evaluated.
  const overflowing = withRule(
    annotated(
      'when { context.use.purpose == "nurture" && context has contact && context.contact.cap * 9223372036854775807 > 1 }',
    ),
  );

  test("a policy that errors at run time denies, and Cedar's rules are not said to have held", async () => {
    const { verdict, findings } = (await makeGuardrail(overflowing)).judge(placementFacts());
    expect(verdict).toMatchObject({ effect: "deny", findings: [{ rule: "engine.failure" }] });
    expect(findings.some((one) => one.rule === "grant.valid")).toBe(false);
  });

  test.each([
    ["a context of other types", { use: { channel: 1, purpose: "nurture" } }],
    ["a context with more than the schema has", { use: { channel: "web", purpose: "nurture", more: true } }],
    ["an empty context", {}],
    ["a number that is none", { use: { channel: "web", purpose: "nurture" }, contact: { cap: Number.NaN } }],
    ["a lone surrogate", { use: { channel: "web", purpose: "\ud800" } }],
  ])("%s is a failure", (_why, context) => {
    const engine = makeCedarEngine(files);
    expect(engine.answer(context)).toHaveProperty("failure");
    expect(engine.answer(context)).toHaveProperty("failure");
  });

  test("the engine without its base permit does not pass for silence", () => {
    const engine = makeCedarEngine({
      ...files,
      base: 'permit (principal, action == Action::"publish", resource) when { context.use.channel == "none" };',
      rules: [],
    });
    expect(engine.answer({ use: { channel: "web", purpose: "nurture" } })).toHaveProperty("failure");
  });
});

describe("policies are asked with what they read alone", () => {
  const email = {
    definition: { channel: "email", place: "step-1" },
    grant: { maxUses: { count: 2, perDays: 30 } },
  } as const;
  const whole = toCedarContext(subjectOf(placementFacts(email)), data);
  const crossing = withRule(
    annotated("when { context has grant && context has contact && context.contact.cap > 1 && context.grant.revoked }"),
  );
  const all = {
    staticPolicies: Object.fromEntries([["base", files.base], ...crossing.rules.map(({ key, text }) => [key, text])]),
  };

  test("and answer as they do to all of it, whatever is left out or changed", () => {
    preparseSchema("whole", files.schema);
    preparsePolicySet("whole", all);
    const engine = makeCedarEngine(crossing);
    const names = Object.keys(whole).filter((name) => name !== "use");
    const change = fc.record({
      without: fc.subarray(names, { maxLength: 6 }),
      emptied: fc.subarray(names, { maxLength: 6 }),
      turned: fc.subarray(names, { maxLength: 6 }),
      channel: fc.constantFrom("web", "email", "ads"),
    });
    fc.assert(
      fc.property(change, ({ without, emptied, turned, channel }) => {
        const context: Context = { ...whole, use: { channel, purpose: "nurture" } };
        for (const name of turned) context[name] = otherwise(context[name]);
        for (const name of emptied) if (Array.isArray(context[name])) context[name] = [];
        for (const name of without) delete context[name];
        expect(sorted(engine.answer(context))).toEqual(sorted(askWhole(context)));
      }),
      { numRuns: 400 },
    );
  });

  const sorted = (answer: CedarAnswer) => ("fired" in answer ? [...answer.fired].sort() : answer.failure);

  /** Yes where it was no, more where there was little. */
  function otherwise(value: CedarValueJson | undefined): CedarValueJson {
    if (typeof value === "boolean") return !value;
    if (typeof value === "number") return value + 3;
    if (Array.isArray(value)) return [...value, "all"];
    if (typeof value !== "object" || value === null) return value ?? null;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, otherwise(one)]));
  }

  function askWhole(context: Context): CedarAnswer {
    const answer = statefulIsAuthorized({
      principal: { type: "Lead", id: "lead" },
      action: { type: "Action", id: "publish" },
      resource: { type: "Placement", id: "placement" },
      context,
      preparsedSchemaName: "whole",
      validateRequest: true,
      preparsedPolicySetId: "whole",
      entities: [],
    });
    if (answer.type === "failure") throw new Error(answer.errors[0]?.message);
    return { fired: answer.response.decision === "allow" ? [] : answer.response.diagnostics.reason };
  }

  test.each([
    ["when { context has grant && context.grant.revoked }", ["grant"]],
    ['when { ["web"].contains(context.use.channel) } unless { context has asset }', ["asset", "use"]],
    ["when { if context has stops then context.stops.isEmpty() else true }", ["stops"]],
    ["when { context == context }", null],
    ["when { {all: context}.all has grant }", null],
    ["", []],
    ["is no policy", null],
  ])("%j reads %j", (body, expected) => {
    expect(attributesRead(body === "is no policy" ? body : annotated(body))).toEqual(expected);
  });
});

describe("dates of force", () => {
  const later = annotated("").replace("2026-11-01", "2027-02-01");

  test("a rule to come is validated now and applied from its date", async () => {
    const guardrail = await makeGuardrail(withRule(later));
    const facts = placementFacts({
      grant: { validUntil: "2028-01-01T00:00:00Z" },
      asset: { freshnessTimestamp: "2027-01-01T00:00:00Z" },
    });
    const before = { ...facts, now: Date.parse("2027-01-31T23:59:59Z") };
    const after = { ...facts, now: Date.parse("2027-02-01T00:00:00Z") };
    expect(guardrail.judge(before).verdict.effect).toBe("allow");
    expect(guardrail.judge(after).verdict).toMatchObject({ effect: "deny", findings: [{ rule: "test.rule" }] });
    expect(guardrail.judge(before).rulesetVersion).toMatch(/^2026-11-01\./);
    expect(guardrail.judge(after).rulesetVersion).toMatch(/^2027-02-01\.[0-9]+$/);
  });

  test("a rule that has ended no longer applies", async () => {
    const ended = annotated("").replace("forbid (", '@effective_to("2026-11-10") forbid (');
    expect((await makeGuardrail(withRule(ended))).judge(placementFacts()).verdict.effect).toBe("allow");
  });

  test("a rule that another takes the place of changes on that date", async () => {
    const first = annotated("")
      .replace("forbid (", '@effective_to("2027-02-01") forbid (')
      .replace('"deny"', '"review"');
    const guardrail = await makeGuardrail(withRule(`${first} ${later}`));
    const facts = placementFacts({
      grant: { validUntil: "2028-01-01T00:00:00Z" },
      asset: { freshnessTimestamp: "2027-01-01T00:00:00Z" },
    });
    const effectAt = (time: string) => guardrail.judge({ ...facts, now: Date.parse(time) }).verdict.effect;
    expect(effectAt("2027-01-31T23:59:59Z")).toBe("review");
    expect(effectAt("2027-02-01T00:00:00Z")).toBe("deny");
  });

  test("before the first date the first ruleset stands", async () => {
    const early = { ...placementFacts({ grants: [] }), now: Date.parse("2026-01-01") };
    expect((await makeGuardrail()).judge(early).verdict.effect).toBe("deny");
  });
});
