import { describe, expect, test } from "vitest";
import { placementFacts } from "../../test/support/placement-facts.ts";
import { problemWords } from "../domain/policy-problem.ts";
import { makeGuardrail } from "./cedar-guardrail.ts";
import { checkOwnRules } from "./check-own-rules.ts";
import type { PolicyFile } from "./guardrail.ts";
import { loadPolicyFiles } from "./policy-files.ts";

const pack = loadPolicyFiles();
const now = Date.parse("2026-11-20T10:00:00Z");
const otherRules = ["content.safe", "autonomy.confidence", "engine.failure", "permit.valid"];

function check(files: readonly PolicyFile[], when: "switching" | "starting" = "switching") {
  const checked = checkOwnRules(files, { pack, otherRules, now, when });
  const words = (all: typeof checked.problems) => all.map(problemWords);
  return { rules: checked.rules, problems: words(checked.problems), warnings: words(checked.warnings) };
}

const annotations = `@effect("review")
@holds("The lead's trade is one that we show proof to.")
@reason("The lead's trade is one that we ask about.")
@source("Our own house rules, chapter 2")
@effective_from("2026-11-01")
`;
const scope = 'forbid (principal, action == Action::"publish", resource)';
const sound = `// Ask before proof goes out by chat.
@id("own.chat")
${annotations}${scope}
when { context.use.channel == "chat" };
`;
const own = (text: string): PolicyFile[] => [{ name: "own.cedar", text }];
const overrides = (text: string): PolicyFile => ({ name: "overrides.yaml", text });

describe("a deployment's own rules", () => {
  test("that are sound make a set that is named by what is in it, in whatever order it came", () => {
    const files = [
      ...own(sound),
      overrides("overrides:\n  - { rule: asset.fresh, effect: deny, reason: No old proof }\n"),
    ];
    const { rules, problems, warnings } = check(files);
    expect([problems, warnings]).toEqual([[], []]);
    expect(rules?.version).toMatch(/^own\.[0-9a-f]{12}$/);
    expect(rules?.tightenings).toEqual([{ rule: "asset.fresh", reason: "No old proof" }]);
    expect(check([...files].reverse()).rules?.version).toBe(rules?.version);
    expect(check(own(`${sound} `)).rules?.version).not.toBe(check(own(sound)).rules?.version);
    expect(check([]).rules).toEqual({ version: "none", files: [], tightenings: [] });
  });

  test.each<[string, string, string | RegExp]>([
    ["not Cedar", "forbid (principal, action resource);", /^own\.cedar:1: not Cedar: unexpected token `resource`/],
    [
      "not Cedar further down",
      `${sound}\n\n@id("own.x")\nforbid (principal, action, resource) when { context has };\n`,
      /^own\.cedar:13: not Cedar: /,
    ],
    [
      "a fact that the schema does not have",
      sound.replace('context.use.channel == "chat"', "context has grant &&\n  context.grant.revokd"),
      'own.cedar:10: own.chat: attribute `grant.revokd` in context for Action::"publish" not found (did you mean `revoked`?)',
    ],
    [
      "what may be unknown, unasked",
      sound.replace('context.use.channel == "chat"', "context.grant.revoked"),
      /^own\.cedar:9: own\.chat: .*grant/,
    ],
    ["other types", sound.replace('"chat"', "7"), /^own\.cedar:9: own\.chat: /],
    [
      "no annotation of the reason",
      sound.replace(/@reason.*\n/, ""),
      /^own\.cedar:2: own\.chat: @reason is missing: the words/,
    ],
    [
      "an annotation that is none",
      sound.replace("@reason", '@raeson("x")\n@reason'),
      "own.cedar:2: own.chat: @raeson is not an annotation; near it: @reason",
    ],
    [
      "an effect that is none",
      sound.replace('@effect("review")', '@effect("allow")'),
      "own.cedar:2: own.chat: @effect is not usable: review, hold or deny, what follows when the policy fires",
    ],
    [
      "a date that is none",
      sound.replace("2026-11-01", "2026-13-01"),
      /^own\.cedar:2: own\.chat: @effective_from is not usable: the first day/,
    ],
    [
      "an annotation twice",
      sound.replace('@id("own.chat")', '@id("own.chat")\n@id("own.mail")'),
      /^own\.cedar:\d+: (not Cedar: )?.*duplicate annotation/,
    ],
    [
      "a permit",
      sound.replace("forbid", "permit"),
      "own.cedar:2: own.chat: it permits, and a deployment's own rules can only forbid; write a `forbid`",
    ],
    [
      "a name of a built-in rule",
      sound.replace("own.chat", "grant.valid"),
      "own.cedar:2: grant.valid: grant.valid is a built-in rule; give yours an @id of its own, such as own.valid",
    ],
    [
      "a name without own.",
      sound.replace("own.chat", "house.chat"),
      "own.cedar:2: house.chat: an @id of a deployment's own rule begins with own., such as own.chat",
    ],
    ["a rule twice", `${sound}\n${sound}`, /^own\.cedar:12: own\.chat: it is there twice: from 2026-11-01 on here and/],
    [
      "a lead in particular",
      sound.replace("(principal,", '(principal == Lead::"L-1042",'),
      "own.cedar:2: own.chat: it can never fire: its principal names one in particular; write `principal`, and ask for it in `when`",
    ],
    [
      "a placement in particular",
      sound.replace(", resource)", ', resource in Placement::"hero")'),
      /own\.chat: it can never fire: its resource names one in particular/,
    ],
    [
      "another action",
      sound.replace('"publish"', '"read"'),
      'own.cedar:2: own.chat: it can never fire: the only action is Action::"publish"',
    ],
    [
      "conditions that nothing meets",
      sound.replace("when {", "when { false } when {"),
      "own.cedar:2: own.chat: it can never fire: its conditions are false for every placement there can be",
    ],
    [
      "an end in the past",
      sound.replace('@effective_from("2026-11-01")', '@effective_from("2026-11-01")\n@effective_to("2026-11-10")'),
      "own.cedar:2: own.chat: it can never fire again: it ended on 2026-11-10; remove it",
    ],
    [
      "an end before its beginning",
      sound.replace('@effective_from("2026-11-01")', '@effective_from("2027-02-01")\n@effective_to("2027-01-01")'),
      "own.cedar:2: own.chat: it is in force from 2027-02-01 until before 2027-01-01, which never begins",
    ],
    [
      "a gap",
      `${sound.replace('@effective_from("2026-11-01")', '@effective_from("2026-11-01")\n@effective_to("2027-01-01")')}\n${sound.replace("2026-11-01", "2027-02-01")}`,
      "own.cedar:13: own.chat: there is a gap: own.chat ends on 2027-01-01 and is in force again from 2027-02-01; let the one begin where the other ends",
    ],
    ["a template", sound.replace("(principal,", "(principal == ?principal,"), /^own\.cedar: it is a template/],
  ])("are refused for %s, by file, line and rule", (_what, text, expected) => {
    const { rules, problems } = check(own(text));
    expect(rules).toBeNull();
    expect(problems).toHaveLength(1);
    if (typeof expected === "string") expect(problems[0]).toBe(expected);
    else expect(problems[0]).toMatch(expected);
  });

  test.each<[string, string, RegExp]>([
    ["not YAML", "overrides: [", /^overrides\.yaml:\d+: /],
    ["another shape", "rules: []", /overrides\.yaml:1: rules: unknown field/],
    [
      "a rule that there is not",
      "overrides:\n  - rule: asset.frehs\n    effect: deny\n    reason: x\n",
      /^overrides\.yaml:2: asset\.frehs: there is no such rule; near it: asset\.fresh/,
    ],
    [
      "a weaker effect",
      "overrides:\n  - rule: grant.valid\n    effect: review\n    reason: x\n",
      /^overrides\.yaml:3: overrides\.0\.effect: only `deny`: a file makes rules stricter; what is denied can be asked/,
    ],
    ["no reason", "overrides:\n  - rule: asset.fresh\n    effect: deny\n", /^overrides\.yaml:2: overrides\.0\.reason/],
    [
      "the same rule twice",
      "overrides:\n  - { rule: asset.fresh, effect: deny, reason: x }\n  - { rule: asset.fresh, effect: deny, reason: y }\n",
      /^overrides\.yaml:3: asset\.fresh: it is overridden twice; keep one/,
    ],
  ])("are refused for overrides that are %s", (_what, text, expected) => {
    const { rules, problems } = check([overrides(text)]);
    expect(rules).toBeNull();
    expect(problems.join("\n")).toMatch(expected);
  });

  test("are told of everything at once", () => {
    const { problems } = check([
      { name: "a.cedar", text: "nonsense" },
      { name: "b.cedar", text: sound.replace(/@source.*\n/, "") },
      { name: "c.txt", text: "" },
      overrides("overrides:\n  - { rule: nothing, effect: deny, reason: x }\n"),
    ]);
    expect(problems).toHaveLength(4);
  });

  test("are warned of when they fire on nothing that they name, on everything, or change nothing", () => {
    const both = sound.replace(
      'context.use.channel == "chat"',
      'context.use.channel == "chat" && context.use.purpose == "nurture" && context has grant && context.grant.channels.contains("chat") && !context.grant.channels.contains("chat")',
    );
    expect(check(own(both)).warnings.join()).toMatch(/own\.chat: it fired on none of \d+ made-up placements/);
    expect(check(own(sound.replace(/when .*/, ";"))).warnings.join()).toMatch(/fired on all of \d+ made-up/);
    const nothing = overrides("overrides:\n  - { rule: grant.valid, effect: deny, reason: x }\n");
    expect(check([nothing]).warnings.join()).toMatch(/overrides\.yaml:2: grant\.valid: it denies already/);
    expect(check([nothing]).rules).not.toBeNull();
  }, 60_000);

  test("that ended since they were switched on keep no service from starting", () => {
    const ended = sound.replace(
      '@effective_from("2026-11-01")',
      '@effective_from("2026-11-01")\n@effective_to("2026-11-10")',
    );
    const { rules, problems, warnings } = check(own(ended), "starting");
    expect([rules === null, problems, warnings.length]).toEqual([false, [], 1]);
  });

  test("that come into force later do so by the clock, and name the ruleset from the first day on", async () => {
    const guardrail = await makeGuardrail();
    const before = guardrail.rulesetVersionAt(now);
    const { rules: later } = check(own(sound.replace("2026-11-01", "2027-02-01").replace('"chat"', '"web"')));
    guardrail.prepare({ own: later, softenings: [] })();
    const facts = (at: string) => ({
      ...placementFacts({
        grant: { validUntil: "2028-01-01T00:00:00Z" },
        asset: { freshnessTimestamp: "2027-01-01T00:00:00Z" },
      }),
      now: Date.parse(at),
    });
    expect(guardrail.judge(facts("2027-01-31T23:59:59Z")).verdict.effect).toBe("allow");
    expect(guardrail.judge(facts("2027-02-01T00:00:00Z")).verdict).toMatchObject({ findings: [{ rule: "own.chat" }] });
    expect(guardrail.rulesetVersionAt(now)).toBe(`${before}+${later?.version}`);
  });

  test("never stand alone, however early they say that they begin", async () => {
    const guardrail = await makeGuardrail();
    const { rules: early } = check(own(sound.replace("2026-11-01", "2020-01-01")));
    guardrail.prepare({ own: early, softenings: [] })();
    const facts = { ...placementFacts({ grants: [] }), now: Date.parse("2021-01-01") };
    expect(guardrail.judge(facts).verdict.effect).toBe("deny");
  });
});
