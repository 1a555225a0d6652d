import type { Context } from "@cedar-policy/cedar-wasm/nodejs";
import fc from "fast-check";
import type { PlacementFacts } from "../../src/domain/facts.ts";
import { effect } from "../../src/domain/finding.ts";
import { toCedarContext } from "../../src/guardrails/cedar-request.ts";
import { loadRuleData } from "../../src/guardrails/rule-data.ts";
import type { RulePolicy } from "../../src/guardrails/rule-policy.ts";
import { subjectOf } from "../../src/guardrails/subject.ts";
import { casesOnProof } from "./cases-on-proof.ts";
import { factSets, factsOf } from "./fact-sets.ts";
import { type Opinion, type RuleJudge, strongest } from "./judge/opinion.ts";
import { expectedOf } from "./known-differences.ts";

const data = loadRuleData();

const web = { use: { channel: "web", purpose: "nurture", territory: "DE" } };
const email = { use: { channel: "email", purpose: "nurture", territory: "DE" } };

/** What a rule's policies are asked, and what they should say. */
export interface Question {
  readonly context: Context;
  readonly expected: Opinion;
}

/** Random sets of facts, each with what the engine is asked about it. */
export function askedOf(runs: number, seed: number) {
  return fc.sample(factSets, { seed, numRuns: runs }).map((set) => {
    const facts = factsOf(set);
    return { facts, context: toCedarContext(subjectOf(facts), data) };
  });
}

/**
 * The questions for one rule with the judge's answers: of each only what its policies read, since an engine that is
 * asked about one rule needs no more, and then most of them are asked once.
 */
export function questionsFor(
  policies: readonly RulePolicy[],
  judge: RuleJudge,
  asked: readonly { readonly facts: PlacementFacts; readonly context: Context }[],
): readonly Question[] {
  const texts = policies.map(({ text }) => text).join("\n");
  const questions = new Map<string, Question>();
  for (const { facts, context } of asked) {
    const read = Object.entries(context).filter(([name]) => name === "use" || new RegExp(`\\b${name}\\b`).test(texts));
    const question = {
      context: Object.fromEntries(read),
      expected: expectedOf(policies[0]?.rule ?? "", judge(facts)),
    };
    questions.set(JSON.stringify(question), question);
  }
  return [...questions.values()];
}

/** The cases that the decision table has for the rule. */
export function tabledFor(rule: string): readonly Question[] {
  return casesOnProof.flatMap(([of, effects, , facts]) =>
    of === rule ? [{ context: toCedarContext(subjectOf(facts), data), expected: opinionOf(effects) }] : [],
  );
}

function opinionOf(effects: string): Opinion {
  return strongest(
    effects
      .split("+")
      .flatMap((one) => (effect.safeParse(one).data ? [effect.parse(one)] : []))
      .filter((one) => one !== "allow"),
  );
}

/** What no record comes to, and what the policies close to all the same. */
export const handmade: readonly (Question & { readonly rule: string; readonly why: string })[] = [
  {
    rule: "rollout.mode",
    why: "a mode that nobody knows is not in force, whatever the shares",
    context: { ...web, rollout: { mode: "rehearsal", pilotShare: 2, leadShare: 1 } },
    expected: "deny",
  },
  {
    rule: "grant.elements",
    why: "a mode that nobody knows masks nothing that may be shown",
    context: {
      ...web,
      grant: { attribution: "pseudonym", elements: ["quote"] },
      content: { attribution: "pseudonym", elements: ["quote"], showsQuote: true, namesCompany: false },
    },
    expected: "deny",
  },
  {
    rule: "contact.quiet-hours",
    why: "nothing is known of the lead's hours or of the playbook's",
    context: email,
    expected: "hold",
  },
  {
    rule: "email.unsubscribe",
    why: "a link of another scheme cannot be clicked, also where the message stays here",
    context: { ...email, email: { unsubscribeScheme: "ftp", unsubscribeDays: 60, leavesMachine: false } },
    expected: "deny",
  },
  ...["senderName", "senderAddress", "postalAddress"].map((missing) => ({
    rule: "email.sender",
    why: `${missing} alone is not said`,
    context: {
      ...email,
      email: {
        ...{ senderName: "Acme", senderAddress: "hello@acme.example", postalAddress: "1 Main Street" },
        ...{ unsubscribeScheme: "https", unsubscribeDays: 60, leavesMachine: true, [missing]: "" },
      },
    },
    expected: "deny" as const,
  })),
  {
    rule: "tracking.consent",
    why: "every row of the country table asks for consent; one that did not would need none",
    context: { ...web, tracking: { tracks: true, consentNeeded: false, consented: false } },
    expected: "ok",
  },
  ...["review.selection", "disclose.verification", "disclose.adviser", "disclose.ai"].map((rule) => ({
    rule,
    why: "what has to be said is not known",
    context: web,
    expected: "deny" as const,
  })),
  ...[
    { shown: [], expected: "deny" as const },
    { shown: ["verification", "machine-notice"], expected: "deny" as const },
  ].flatMap(({ shown, expected }) => [
    {
      rule: "disclose.verification",
      why: "the policy is owed by itself",
      context: { ...web, disclosures: { owed: ["review-policy"], shown } },
      expected,
    },
    {
      rule: "disclose.ai",
      why: "the mark is owed by itself",
      context: { ...web, disclosures: { owed: ["model-text"], shown } },
      expected,
    },
  ]),
  {
    rule: "autonomy.first-use",
    why: "how many uses are wanted is not known",
    context: web,
    expected: "review",
  },
  {
    rule: "autonomy.first-use",
    why: "fewer than none are none",
    context: { ...web, firstUses: { wanted: -1, asset: -2, playbook: -2, planner: -2 } },
    expected: "ok",
  },
  ...[-1, 0].map((count) => ({
    rule: "claim.statistic",
    why: "a figure of no records is none",
    context: { ...web, statistic: { isOne: true, count, hasQuery: true, windowDays: 30, hasEnded: true } },
    expected: "deny" as const,
  })),
];
