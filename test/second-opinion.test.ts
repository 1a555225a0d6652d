import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { makeGuardrail } from "../src/guardrails/cedar-guardrail.ts";
import { loadPolicyFiles } from "../src/guardrails/policy-files.ts";
import { type FactSet, factSets, factsOf, wordsOf } from "./support/fact-sets.ts";
import { judges } from "./support/judge/judge.ts";
import { type Opinion, strongest } from "./support/judge/opinion.ts";
import { expectedOf } from "./support/known-differences.ts";
import { longestMs, runsOf, seed, tellProgress } from "./support/seed.ts";

const runs = runsOf({ full: 100_000, short: 6000 });
const guardrail = await makeGuardrail();
const rulesOnFacts = [...new Set(loadPolicyFiles().rules.map(({ rule }) => rule))].sort();

/** Rules that only the judge has so far. */
const onlyJudged: readonly string[] = [];
/** Rules that only the guardrail has, each with the reason why nobody judges it. */
const onlyOurs: Readonly<Record<string, string>> = {};

/** How often the judge came to each opinion, as `rule opinion`, and the guardrail to each verdict. */
const opinions = new Map<string, number>();
const verdicts = new Map<string, number>();
const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);

/** So many at a time; between them the process is heard of. */
const runsAtOnce = 2000;

beforeAll(async () => {
  for (let done = 0; done < runs; done += runsAtOnce) {
    fc.assert(fc.property(factSets, agree), { seed: seed + done, numRuns: Math.min(runsAtOnce, runs - done) });
    tellProgress(Math.min(runs, done + runsAtOnce), runs, "sets of facts");
    await new Promise((next) => setImmediate(next));
  }
}, longestMs);

/** Throws where judge and guardrail part, with what each says and the facts that part them. */
function agree(set: FactSet): void {
  const facts = factsOf(set);
  const { findings, verdict } = guardrail.judge(facts);
  const ours = effectsOf(findings);
  const differences: string[] = [];
  for (const [rule, judge] of Object.entries(judges)) {
    if (onlyJudged.includes(rule)) continue;
    const written = expectedOf(rule, judge(facts));
    count(opinions, `${rule} ${written}`);
    const said = ours.get(rule) ?? "ok";
    if (written !== said) differences.push(`${rule}: the judge says ${written}, the guardrail ${said}`);
  }
  count(verdicts, verdict.effect);
  if (differences.length > 0) throw new Error(`${differences.join("\n")}\nwhere the facts differ by ${wordsOf(set)}`);
}

function effectsOf(findings: ReturnType<typeof guardrail.judge>["findings"]): ReadonlyMap<string, Opinion> {
  const effects = new Map<string, Opinion>();
  for (const { rule, effect } of findings)
    effects.set(rule, strongest([effects.get(rule) ?? "ok", effect === "allow" ? "ok" : effect]));
  return effects;
}

describe(`a second opinion on the rules on facts, over ${runs} sets of facts (seed ${seed})`, () => {
  it("is there for every rule, and for no other", () => {
    expect(Object.keys(judges).sort()).toEqual(
      [...rulesOnFacts.filter((rule) => onlyOurs[rule] === undefined), ...onlyJudged].sort(),
    );
  });

  it.each(Object.keys(judges))("agrees on %s, both where it holds and where it does not", (rule) => {
    const against = [...opinions].filter(([key]) => key.startsWith(`${rule} `) && key !== `${rule} ok`);
    expect(opinions.get(`${rule} ok`)).toBeGreaterThan(runs / 20);
    expect(against.reduce((sum, [, times]) => sum + times, 0)).toBeGreaterThan(runs / 200);
  });

  it("sees every verdict, and a fair share of placements that everything allows", () => {
    expect([...verdicts.keys()].sort()).toEqual(["allow", "deny", "hold", "review"]);
    expect(verdicts.get("allow")).toBeGreaterThan(runs / 10);
  });
});
