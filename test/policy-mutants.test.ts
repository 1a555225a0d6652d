import {
  type Context,
  type PolicyJson,
  policyToJson,
  preparsePolicySet,
  statefulIsAuthorized,
  validate,
} from "@cedar-policy/cedar-wasm/nodejs";
import { describe, expect, it } from "vitest";
import { effect } from "../src/domain/finding.ts";
import { makeCedarEngine } from "../src/guardrails/cedar-engine.ts";
import { loadPolicyFiles } from "../src/guardrails/policy-files.ts";
import type { RulePolicy } from "../src/guardrails/rule-policy.ts";
import { judges } from "./support/judge/judge.ts";
import { type Opinion, strongest } from "./support/judge/opinion.ts";
import { mutantsOf, type PolicyMutant } from "./support/policy-mutants.ts";
import { askedOf, handmade, type Question, questionsFor, tabledFor } from "./support/question-corpus.ts";
import { seed } from "./support/seed.ts";

// Each condition of each policy is changed in every way, and the answers that the second opinion holds the policies to
// must tell: a mutant that answers all of them as the policy does would be a policy that nothing tests.

const files = loadPolicyFiles();
const asked = askedOf(6000, seed);

const otherPart = "where nothing is known, the rule's other part says the same";

/** Mutants that no question can tell from the policy, each with the reason. */
const equivalent: Readonly<Record<string, string>> = {
  "asset.fresh/source-limit: unless: without context has asset": "`when` has asked it already",
  "contact.frequency/account: unless: without (context has contact && context.contact has accountCap)":
    "`when` has asked it already",
  "contact.frequency/account: unless: without context has contact": "`when` has asked it already",
  "contact.frequency/account: unless: without context.contact has accountCap": "`when` has asked it already",
  "contact.frequency/account: unless: (context has contact && context.contact has accountCap) -> (context has contact || context.contact has accountCap)":
    "`when` has asked it already",
  "contact.frequency/channel: unless: without (context has contact && context.contact has channelCap)":
    "`when` has asked it already",
  "contact.frequency/channel: unless: without context has contact": "`when` has asked it already",
  "contact.frequency/channel: unless: without context.contact has channelCap": "`when` has asked it already",
  "contact.frequency/channel: unless: (context has contact && context.contact has channelCap) -> (context has contact || context.contact has channelCap)":
    "`when` has asked it already",
  "autonomy.first-use/asset: when: true -> false": otherPart,
  "autonomy.first-use/playbook: when: true -> false": otherPart,
  "autonomy.first-use/planner: when: true -> false": otherPart,
  "disclose.ai/chat: when: true -> false": otherPart,
  "disclose.ai/text: when: true -> false": otherPart,
  "disclose.verification: when: true -> false": otherPart,
  "disclose.verification/policy: when: true -> false": otherPart,
  "endorser.fatigue: unless: without (context has grant && context.grant has maxUses)": "`when` has asked it already",
  "endorser.fatigue: unless: without context has grant": "`when` has asked it already",
  "endorser.fatigue: unless: without context.grant has maxUses": "`when` has asked it already",
  "endorser.fatigue: unless: (context has grant && context.grant has maxUses) -> (context has grant || context.grant has maxUses)":
    "`when` has asked both already",
};

/** Rules whose parts give different reasons for one effect: of them one at a time may speak. */
const oneReason: readonly string[] = ["rollout.mode"];

interface Named extends PolicyMutant {
  readonly of: RulePolicy;
  readonly name: string;
}

const mutants: readonly Named[] = files.rules.flatMap((of) =>
  mutantsOf(jsonOf(of)).map((one) => ({ ...one, of, name: `${of.key}: ${one.change}` })),
);
const valid = validMutants();

function jsonOf({ key, text }: RulePolicy): PolicyJson {
  const parsed = policyToJson(text);
  if (parsed.type === "failure") throw new Error(`${key} does not parse`);
  return parsed.json;
}

/** Those that would start: the others the load refuses, which kills them too. */
function validMutants(): readonly Named[] {
  const staticPolicies = Object.fromEntries(mutants.map(({ policy }, at) => [String(at), policy]));
  const validation = validate({ schema: files.schema, policies: { staticPolicies } });
  if (validation.type === "failure") throw new Error(validation.errors[0]?.message);
  const refused = new Set(
    [...validation.validationErrors, ...validation.validationWarnings].map(({ policyId }) => policyId),
  );
  return mutants.filter((_, at) => !refused.has(String(at)));
}

/** What the rule's policies say, one of them in the mutant's place. */
function askAll(of: readonly RulePolicy[], mutant: Named | null): (context: Context) => Opinion | "two reasons" {
  const texts = of.map((one): [string, PolicyJson | string] => [
    one.key,
    one === mutant?.of ? mutant.policy : one.text,
  ]);
  preparsePolicySet("mutant", { staticPolicies: { base: files.base, ...Object.fromEntries(texts) } });
  const changed = effect.safeParse(mutant?.policy.annotations?.effect);
  const effects = new Map(
    of.map((one): [string, Opinion] => [
      one.key,
      one === mutant?.of && changed.success && changed.data !== "allow" ? changed.data : one.effect,
    ]),
  );
  return (context) => {
    const answer = statefulIsAuthorized({
      principal: { type: "Lead", id: "lead" },
      action: { type: "Action", id: "publish" },
      resource: { type: "Placement", id: "placement" },
      context,
      preparsedPolicySetId: "mutant",
      entities: [],
    });
    if (answer.type === "failure" || answer.response.diagnostics.errors.length > 0) return "deny";
    const { decision, diagnostics } = answer.response;
    if (oneReason.includes(of[0]?.rule ?? "") && diagnostics.reason.length > 1) return "two reasons";
    return decision === "allow" ? "ok" : strongest(diagnostics.reason.map((key) => effects.get(key) ?? "deny"));
  };
}

function isKilled(mutant: Named, of: readonly RulePolicy[], questions: readonly Question[]): boolean {
  const ask = askAll(of, mutant);
  return questions.some(({ context, expected }) => ask(context) !== expected);
}

const rules = [...new Set(files.rules.map(({ rule }) => rule))];

describe("mutants of the policies", () => {
  it("are many, and most of them would start", () => {
    makeCedarEngine(files);
    expect(valid.length).toBeGreaterThan(rules.length * 15);
  });

  it.each(rules)("of %s: every one is told from the policy", (rule) => {
    const judge = judges[rule];
    const of = files.rules.filter((one) => one.rule === rule);
    const questions = [
      ...handmade.filter((one) => one.rule === rule),
      ...tabledFor(rule),
      ...(judge ? questionsFor(of, judge, asked) : []),
    ];
    const asIs = askAll(of, null);
    expect(questions.filter(({ context, expected }) => asIs(context) !== expected)).toEqual([]);
    const alive = valid.filter((one) => one.of.rule === rule && !isKilled(one, of, questions)).map(({ name }) => name);
    expect(alive).toEqual(Object.keys(equivalent).filter((name) => alive.includes(name)));
  });

  it("that are listed as equivalent are all there", () => {
    const names = valid.map(({ name }) => name);
    expect(Object.keys(equivalent).filter((name) => !names.includes(name))).toEqual([]);
  });
});
