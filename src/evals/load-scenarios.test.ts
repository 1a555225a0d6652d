import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { EvalSetting } from "./eval.ts";
import { loadScenarios } from "./load-scenarios.ts";
import { readSetting } from "./read-setting.ts";

let setting: EvalSetting;
let dir: string;
beforeAll(async () => {
  setting = await readSetting({ configDir: "data", playbooksDir: "data/playbooks" });
});
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "vouchsafe-scenarios-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const event = { type: "lead.page-viewed.v1", lead: "L-1", data: { url: "https://www.tidewise.example/pricing" } };
const good = {
  id: "good",
  title: "A good one",
  group: "tests",
  now: "2026-11-03T10:00:00Z",
  assets: [{ like: "nordlicht-in-neun-tagen-live", assetId: "proof" }],
  leads: [{ like: "L-1042", leadId: "L-1" }],
  steps: [{ event }],
};

function write(name: string, content: string | Uint8Array): string {
  const file = join(dir, name);
  writeFileSync(file, content);
  return file;
}

function load(...paths: readonly string[]) {
  const { scenarios, unusable } = loadScenarios(paths.length > 0 ? paths : [dir], setting);
  return {
    ids: scenarios.map(({ scenario }) => scenario.id),
    scenarios,
    problems: unusable.map(
      ({ file, line, field, message }) => `${file.replace(`${dir}/`, "")}:${line}: ${field}: ${message}`,
    ),
    unusable,
  };
}

/** One scenario as a line, between two that are good. */
function loadAmongGood(changes: Record<string, unknown>) {
  const lines = [
    { ...good, id: "before" },
    { ...good, ...changes },
    { ...good, id: "after" },
  ];
  write("some.jsonl", lines.map((line) => JSON.stringify(line)).join("\n"));
  return load();
}

describe("files", () => {
  it("are read as they ship", () => {
    const { ids, problems } = load("evals/scenarios");
    expect(problems).toEqual([]);
    expect(ids).toContain("pricing-page-shows-a-like-minded-customer");
  });

  it("are found in folders, by name, once each, with where each scenario begins", () => {
    mkdirSync(join(dir, "inner"));
    const inner = write("inner/b.jsonl", `\n${JSON.stringify({ ...good, id: "second" })}\n`);
    write("a.yml", `group: tests\nscenarios:\n  - ${JSON.stringify({ ...good, id: "first", group: undefined })}\n`);
    write("notes.md", "not a scenario");
    const { scenarios, problems } = load(dir, inner);
    expect(problems).toEqual([]);
    expect(scenarios.map(({ scenario, file, line }) => [scenario.id, file, line])).toEqual([
      ["first", join(dir, "a.yml"), 3],
      ["second", inner, 2],
    ]);
  });

  it.each([
    ["nowhere", [], "nowhere:1: : there is no such file or folder"],
    ["notes.md", "hello", "notes.md:1: : scenarios are in files that end in .yaml, .yml or .jsonl"],
    ["a.yaml", "group: tests\nscenarios: [\n", /a\.yaml:\d: : .*/],
    ["a.yaml", "group: tests\ngroup: other\n", /a\.yaml:2: : Map keys must be unique/],
    ["a.yaml", "- 1\n", /a\.yaml:1: : Invalid input: expected object/],
    ["a.yaml", "group: tests\nscenarios: []\n", /a\.yaml:2: scenarios: Too small/],
    ["a.yaml", "group: tests\nscenario:\n  - id: x\n", "a.yaml:2: scenario: unknown field; did you mean scenarios?"],
    ["a.yaml", "group: Some Tests\nscenarios: [1]\n", "a.yaml:1: group: lower-case words joined by hyphens"],
    [
      "a.yaml",
      "group: tests\ncommon:\n  now: x\n  id: x\nscenarios: [{}]\n",
      "a.yaml:4: common/id: each scenario has its own",
    ],
    ["a.yaml", "group: tests\nscenarios:\n  - just words\n", "a.yaml:3: scenarios/0: a scenario is a map of fields"],
    ["a.jsonl", '{"id": "x",}\n', /a\.jsonl:1: : the line is not JSON: /],
    ["a.jsonl", "\n[1]\n", "a.jsonl:2: : the line is not a JSON object"],
    ["a.jsonl", "\n\n", "a.jsonl:1: : the file has no scenario"],
    ["a.yaml", Buffer.from([0x61, 0x0a, 0xc3, 0x28]), "a.yaml:2: : the file is not UTF-8"],
  ])("that cannot be read are named: %s, %j", (name, content, words) => {
    const file = Array.isArray(content) ? join(dir, name) : write(name, content as string | Uint8Array);
    write("good.jsonl", JSON.stringify(good));
    const { ids, problems } = load(file, join(dir, "good.jsonl"));
    expect(ids).toEqual(["good"]);
    expect(problems).toContainEqual(typeof words === "string" ? words : expect.stringMatching(words));
  });

  it("in a folder without any are missed", () => {
    expect(load().problems).toEqual([`${dir}:1: : there is no file of scenarios in this folder`]);
  });

  it("give no second scenario the id of one that is there", () => {
    write("a.jsonl", `${JSON.stringify(good)}\n${JSON.stringify(good)}`);
    write("b.jsonl", JSON.stringify({ ...good, title: 1 }));
    const { ids, problems } = load();
    expect(ids).toEqual(["good"]);
    expect(problems).toEqual([
      `a.jsonl:2: id: ${dir}/a.jsonl:1 has a scenario "good" too`,
      `b.jsonl:1: id: ${dir}/a.jsonl:1 has a scenario "good" too`,
      "b.jsonl:1: title: Invalid input: expected string, received number",
    ]);
  });
});

describe("what scenarios have in common", () => {
  it("goes under each: lists before its own, objects field by field, the rest replaced", () => {
    write(
      "a.yaml",
      `group: tests
common:
  now: 2026-11-03T10:00:00Z
  tags: [shared]
  leads:
    - { like: L-1042, leadId: L-1 }
  profile:
    name: Common
    markets: [DE]
  expect: { messages: 0, never: { leads: [L-2] } }
scenarios:
  - id: one
    title: One
    now: 2026-11-04T10:00:00Z
    tags: [own]
    leads:
      - { like: L-1042, leadId: L-2 }
    profile:
      name: Own
    expect: { never: { leads: [L-1] } }
    steps: [{ crmFails: 1 }]
  - id: two
    title: Two
    group: others
    leads:
      - { like: L-1042, leadId: L-2 }
    steps: [{ crmFails: 1 }]
`,
    );
    const { scenarios, problems } = load();
    expect(problems).toEqual([]);
    const [one, two] = scenarios.map(({ scenario }) => scenario);
    expect(one).toMatchObject({
      group: "tests",
      now: "2026-11-04T10:00:00Z",
      tags: ["shared", "own"],
      leads: [{ leadId: "L-1" }, { leadId: "L-2" }],
      profile: { name: "Own", markets: ["DE"] },
      expect: { messages: 0, never: { leads: ["L-2", "L-1"] } },
    });
    expect(two).toMatchObject({ group: "others", now: "2026-11-03T10:00:00Z", profile: { name: "Common" } });
  });

  it("is blamed by its own line", () => {
    write(
      "a.yaml",
      `group: tests
common:
  now: yesterday
  leads:
    - { like: L-1042, leadId: L-1, stage: dreaming }
  expect:
    never:
      assets: [nobody]
scenarios:
  - id: one
    title: One
    leads:
      - { like: L-1042, leadId: L-2 }
      - like: L-1042
        leadId: L-3
        stage: asleep
    expect:
      never: { assets: [nothing] }
    steps: [{ crmFails: 1 }]
`,
    );
    expect(load().problems).toEqual(["a.yaml:3: now: Invalid ISO datetime"]);
    write(
      "a.yaml",
      `group: tests
common:
  now: 2026-11-03T10:00:00Z
  leads:
    - { like: L-1042, leadId: L-1, stage: dreaming }
  expect:
    never:
      assets: [nobody]
scenarios:
  - id: one
    title: One
    leads:
      - { like: L-1042, leadId: L-2 }
      - like: L-1042
        leadId: L-3
        stage: asleep
    expect:
      never: { assets: [nothing] }
    steps: [{ crmFails: 1 }]
`,
    );
    expect(load().problems.map((words) => words.replace(/: (?:Invalid|there).*/, ""))).toEqual([
      "a.yaml:5: leads/0/stage",
      "a.yaml:16: leads/2/stage",
      "a.yaml:8: expect/never/assets/0",
      "a.yaml:18: expect/never/assets/1",
    ]);
  });
});

const asked = (expected: Record<string, unknown>) => ({ steps: [{ event, expect: expected }] });
const wait = { wait: { hours: 1 } };

describe("a scenario that cannot be used", () => {
  it.each<[string, Record<string, unknown>, string]>([
    ["an unknown field", { stpes: [] }, "stpes: unknown field; did you mean steps?"],
    ["no title", { title: undefined }, "title: the field is missing (string)"],
    ["a wrong type", { tags: "web" }, "tags: Invalid input: expected array, received string"],
    ["an id that is no term", { id: "Some Id" }, "id: lower-case words joined by hyphens"],
    [
      "an unknown field far down",
      { steps: [{ event, expect: { assets: { anyof: ["proof"] } } }] },
      "steps/0/expect/assets/anyof: unknown field; did you mean anyOf",
    ],
    ["an unknown field of an event", { steps: [{ event: { ...event, dta: {} } }] }, "steps/0/event/dta: unknown field"],
    ["an unknown field of an asset", { assets: [{ ...good.assets[0], quoet: "x" }] }, "did you mean quote"],
    [
      "an unknown field of a grant",
      { assets: [{ ...good.assets[0], grant: { teritories: [] } }] },
      "assets/0/grant/teritories: unknown field; did you mean territories?",
    ],
    ["an unknown field of the profile", { profile: { markts: [] } }, "profile/markts: unknown field; did you mean"],
    ["an unknown field of a playbook", { playbooks: [{ like: "reactivation", mood: 1 }] }, "did you mean mode"],
    [
      "a wrong field of one form of several",
      { script: [{ place: [{ asset: "proof" }] }] },
      "script/0/place/0/at: the field is missing (string)",
    ],
    ["an answer of no kind", { steps: [{ answer: { verdict: "maybe" } }] }, "steps/0/answer/verdict: "],
    ["a step with nothing", { steps: [{ name: "nothing" }] }, "steps/0: a step is exactly one of event, wait"],
    ["a step with two things", { steps: [{ event, ...wait }] }, "this one has event and wait"],
    [
      "a record that the product would not take",
      { leads: [{ like: "L-1042", leadId: "L-1", stage: "dreaming" }] },
      "leads/0/stage: ",
    ],
    ["a record like none", { assets: [{ like: "nobody" }] }, 'assets/0/like: there is no "nobody" to be like'],
    [
      "a step's record that the product would not take",
      { steps: [wait, { asset: { like: "proof", kind: "rumour" } }] },
      "steps/1/asset/kind: ",
    ],
    ["a step's record with an unknown field", { steps: [{ lead: { like: "L-1", stge: "x" } }] }, "did you mean stage"],
    [
      "a clock that runs backwards",
      { steps: [{ event }, wait, { clock: "2026-11-03T10:59:59Z" }] },
      "steps/2/clock: the clock would run back: it has reached 2026-11-03T11:00:00.000Z by then",
    ],
    [
      "a clock that runs backwards by its offset",
      { steps: [{ clock: "2026-11-03T11:30:00+02:00" }] },
      "steps/0/clock: the clock would run back",
    ],
    [
      "an asset wanted and unwanted",
      asked({ assets: { anyOf: ["proof"], noneOf: ["proof"] } }),
      'steps/0/expect/assets/noneOf/0: "proof" is in anyOf too',
    ],
    [
      "nothing but an unfit asset",
      asked({ assets: { anyOf: ["proof"], grades: { proof: 0 } } }),
      "steps/0/expect/assets/anyOf: every one of them is graded 0",
    ],
    ["an asset where nothing is shown", asked({ action: "nothing", assets: { anyOf: ["proof"] } }), "assets/anyOf: "],
    ["a place where nothing is shown", asked({ action: "nothing", at: ["web/pricing-hero"] }), "expect/at: "],
    ["an asset of a refused event", asked({ action: "refuse", assets: { anyOf: ["proof"] } }), "expect/assets: "],
    ["a verdict on a refused event", asked({ action: "refuse", verdict: "deny" }), "steps/0/expect/verdict: an event"],
    ["a place of a refused event", asked({ action: "refuse", at: ["web/pricing-hero"] }), "steps/0/expect/at: "],
    ["a status of another action", asked({ action: "show", status: "denied" }), '"denied" is the action nothing'],
    ["a status that does not rest", asked({ action: "show", status: "running" }), "is no status to rest with"],
    ["denied and shown", asked({ action: "show", verdict: "deny" }), "expect/verdict: what is denied is not shown"],
    [
      "an empty range",
      asked({ confidence: { atLeast: 0.8, atMost: 0.2 } }),
      "steps/0/expect/confidence/atLeast: 0.8 is more than atMost, 0.2",
    ],
    [
      "a tool called and never called",
      asked({ tools: { called: ["search-proof"], never: ["search-proof"] } }),
      "expect/tools/never/0: ",
    ],
    ["more calls than may be", asked({ tools: { called: ["search-proof", "check-license"], atMost: 1 } }), "atMost: 2"],
    ["words that are and lack", asked({ framing: { contains: ["nine days"], lacks: ["nine"] } }), "framing/lacks/0: "],
    ["tokens of a script", { ...asked({ budget: { tokens: 5 } }), script: [{ none: "no" }] }, "expect/budget/tokens: "],
    [
      "an unknown earlier step",
      {
        steps: [
          { event, name: "one" },
          { ...wait, of: "two" },
        ],
      },
      'has the name "two"',
    ],
    [
      "a later step",
      {
        steps: [
          { event, of: "two" },
          { event, name: "two" },
        ],
      },
      "steps/0/of: no event before it",
    ],
    [
      "a step that is no event",
      {
        steps: [
          { ...wait, name: "one" },
          { event, of: "one" },
        ],
      },
      "steps/1/of: no event",
    ],
    [
      "a name twice",
      {
        steps: [
          { event, name: "one" },
          { ...wait, name: "one" },
        ],
      },
      "steps/1/name: an earlier step",
    ],
    [
      "a decision before any event",
      { steps: [{ ...wait, expect: { action: "show" } }, { event }] },
      "steps/0/expect: ",
    ],
    [
      "an unknown rule",
      asked({ rules: { fired: ["grant.chanel"] } }),
      'rules/fired/0: there is no rule "grant.chanel"; nearest: grant.channel',
    ],
    ["an unknown rule that held", asked({ rules: { held: ["grant"] } }), "rules/held/0: there is no rule"],
    ["an unknown rule against", asked({ rules: { against: { proof: ["x"] } } }), "rules/against/proof/0: "],
    ["a rule against a missing asset", asked({ rules: { against: { prof: ["grant.valid"] } } }), "nearest: proof"],
    ["an unknown tool", asked({ tools: { called: ["search-prof"] } }), "tools/called/0: there is no tool"],
    ["an unknown tool, never called", asked({ tools: { never: ["search"] } }), "tools/never/0: there is no tool"],
    [
      "an unknown event",
      { steps: [{ event: { ...event, type: "lead.page-viewed.v2" } }] },
      'event/type: there is no event type "lead.page-viewed.v2"; nearest: lead.page-viewed.v1',
    ],
    ["a missing asset", asked({ assets: { anyOf: ["prof"] } }), 'there is no asset "prof"; nearest: proof'],
    ["a missing asset in noneOf", asked({ assets: { noneOf: ["nobody"] } }), "assets/noneOf/0: there is no asset"],
    ["a missing asset graded", asked({ assets: { grades: { prof: 3 } } }), "assets/grades/prof: there is no asset"],
    [
      "the sample's asset in an empty world",
      asked({ assets: { anyOf: ["acme-onboarding-2026"] } }),
      'there is no asset "acme-onboarding-2026"',
    ],
    ["a missing asset in the script", { script: [{ place: [{ asset: "x", at: "web/pricing-hero" }] }] }, "script/0/"],
    ["a missing asset revoked", { steps: [{ revoke: "x" }] }, "steps/0/revoke: there is no asset"],
    ["a missing asset's status", { steps: [{ status: { asset: "x", to: "disputed" } }] }, "steps/0/status/asset: "],
    ["a missing asset looked for", { steps: [{ look: { lead: "L-1", place: "x", asset: "y" } }] }, "look/asset: "],
    ["a missing lead that looks", { steps: [{ look: { lead: "L-2", place: "x", asset: null } }] }, "look/lead: "],
    [
      "a missing asset stopped",
      { steps: [{ stop: { scope: "asset", target: "x" } }] },
      "stop/target: there is no asset",
    ],
    ["a missing channel stopped", { steps: [{ stop: { scope: "channel", target: "fax" } }] }, "there is no channel"],
    ["a missing playbook resumed", { steps: [{ resume: { scope: "playbook", target: "x" } }] }, "there is no playbook"],
    ["a missing lead", { steps: [{ event: { ...event, lead: "L-9" } }] }, 'event/lead: there is no lead "L-9"'],
    [
      "a missing asset whose grant is revoked",
      { steps: [{ event: { type: "asset.grant-revoked.v1", lead: "L-1", data: {} } }] },
      'event/lead: there is no asset "L-1"',
    ],
    ["a missing playbook", asked({ playbook: "evaluation-prof" }), "nearest: evaluation-proof"],
    [
      "a missing place",
      asked({ at: ["web/pricing-hros"] }),
      'there is no touchpoint "web/pricing-hros"; nearest: web/',
    ],
    [
      "a missing asset at the end",
      { expect: { live: [{ lead: "L-1", at: "web/pricing-hero", asset: "x" }] } },
      "expect/live/0/asset: ",
    ],
    [
      "live and never",
      {
        expect: {
          live: [{ lead: "L-1", at: "web/pricing-hero", asset: "proof" }],
          never: { assets: ["proof"], leads: ["L-1"] },
        },
      },
      'expect/live/0/asset: "proof" is in never too',
    ],
    ["a missing lead that is never shown", { expect: { never: { leads: ["L-7"] } } }, "expect/never/leads/0: "],
  ])("is named by file, line and field, and the others are not stopped: %s", (_what, changes, words) => {
    const { ids, problems, unusable } = loadAmongGood(changes);
    expect(ids).toEqual(["before", "after"]);
    expect(problems.join("\n")).toContain(words);
    expect(problems.every((problem) => problem.startsWith("some.jsonl:2: "))).toBe(true);
    expect(unusable[0]?.id).toBe(changes.id ?? "good");
  });

  it("says everything that is wrong at once", () => {
    const { problems } = loadAmongGood(asked({ action: "show", verdict: "deny", tools: { called: ["x", "y"] } }));
    expect(problems).toHaveLength(3);
  });
});

describe("a scenario that can be used", () => {
  it.each<[string, Record<string, unknown>]>([
    ["the sample's records", { world: "sample", ...asked({ assets: { anyOf: ["acme-onboarding-2026"] } }) }],
    ["an asset that a step puts", { steps: [{ asset: { like: "proof", assetId: "new" } }, { revoke: "new" }] }],
    ["an asset like the sample's, by its id", { assets: [{ like: "acme-onboarding-2026" }], steps: [{ event }] }],
    [
      "a lead that a step puts",
      { steps: [{ lead: { like: "L-1", leadId: "L-2" } }, { event: { ...event, lead: "L-2" } }] },
    ],
    ["no playbook", asked({ playbook: null })],
    ["a playbook of its own", { playbooks: [{ like: "reactivation", id: "other" }], ...asked({ playbook: "other" }) }],
    ["a raw plan of anything", { script: [{ raw: { placements: [{ assetId: "nobody" }] } }] }],
    [
      "an event that is refused",
      { steps: [{ event: { ...event, type: "x", lead: "L-9" }, expect: { action: "refuse" } }] },
    ],
    ["an event of the future", { steps: [{ event: { ...event, time: "2030-01-01T00:00:00Z" } }] }],
    ["a clock that stands still", { steps: [{ event }, { clock: "2026-11-03T10:00:00Z" }] }],
    ["an earlier event's decision", { steps: [{ event, name: "one" }, { event }, { ...wait, of: "one", expect: {} }] }],
    ["a revoked grant", { steps: [{ event: { type: "asset.grant-revoked.v1", lead: "proof", data: {} } }] }],
    ["a global stop", { steps: [{ stop: { scope: "global", target: "everything" } }] }],
  ])("is taken: %s", (_what, changes) => {
    const { ids, problems } = loadAmongGood(changes);
    expect(problems).toEqual([]);
    expect(ids).toEqual(["before", "good", "after"]);
  });
});

it("names one problem or takes the scenario, whatever a file holds", () => {
  const fields = fc.constantFrom("id", "now", "steps", "leads", "expect", "script", "tags", "common", "like", "event");
  const anything = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<unknown>(null, 0, "", "L-1", "proof", true, "2026-11-03T10:00:00Z"),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fields, tie("value"), { maxKeys: 4 }),
    ),
  })).value;
  fc.assert(
    fc.property(fc.dictionary(fields, anything, { maxKeys: 5 }), (changes) => {
      write("any.jsonl", JSON.stringify({ ...good, ...changes }));
      const { ids, problems } = load(join(dir, "any.jsonl"));
      expect(ids.length > 0).toBe(problems.length === 0);
      expect(problems.every((problem) => problem.startsWith("any.jsonl:1: "))).toBe(true);
    }),
    { numRuns: 60 },
  );
});
