import { describe, expect, test } from "vitest";
import {
  caps,
  casesOnProof,
  claimOf,
  endorser,
  first,
  inAccount,
  onGartner,
  seen,
} from "../../test/support/cases-on-proof.ts";
import { type Different, daysAgo, now, placementFacts } from "../../test/support/placement-facts.ts";
import type { PlacementFacts } from "../domain/facts.ts";
import type { Finding } from "../domain/finding.ts";
import { makeGuardrail } from "./cedar-guardrail.ts";
import { toCedarContext } from "./cedar-request.ts";
import { loadPolicyFiles } from "./policy-files.ts";
import { loadRuleData } from "./rule-data.ts";
import { makeRulesets } from "./ruleset.ts";
import { subjectOf } from "./subject.ts";

const guardrail = await makeGuardrail();

function findingsOf(rule: string, facts: PlacementFacts): readonly Finding[] {
  return guardrail.judge(facts).findings.filter((one) => one.rule === rule);
}

const effectsOf = (rule: string, facts: PlacementFacts) =>
  findingsOf(rule, facts)
    .map((one) => one.effect)
    .join("+") || "silent";

describe("rules on facts about the proof, what is said beside it, and the machine", () => {
  test.each(casesOnProof)("%s: %s, %s", (rule, effect, _why, facts) => {
    expect(effectsOf(rule, facts)).toBe(effect);
    if (effect !== "allow" && effect !== "silent") expect(guardrail.judge(facts).verdict.effect).not.toBe("allow");
  });

  test.each<[string, Different]>([
    ["endorser.current", { endorser }],
    ["claim.typical", { asset: { claims: [claimOf({ typical: false })] } }],
    ["asset.fresh", { asset: { freshnessTimestamp: daysAgo(731) } }],
    ["autonomy.first-use", { playbook: first(1), facts: { seen: { ...seen, asset: 0 } } }],
  ])("%s asks about the version", (rule, different) => {
    expect(findingsOf(rule, placementFacts(different))).toMatchObject([{ effect: "review", about: "version" }]);
  });

  test("the first uses of a playbook and of a planner are no questions about the version", () => {
    const asked = findingsOf("autonomy.first-use", placementFacts({ playbook: first(1) }));
    expect(asked.filter((one) => one.about === "version")).toHaveLength(1);
    expect(asked).toHaveLength(3);
  });

  test("each cap holds until its own window ends, and within the hour where that is not known", () => {
    const counted = {
      accountContacts: 3,
      channelContacts: 2,
      accountWindowEnd: now + 5000,
      channelWindowEnd: now + 7000,
    };
    const held = findingsOf("contact.frequency", placementFacts({ profile: caps, lead: inAccount, facts: counted }));
    expect(held.map(({ evidence, until }) => [evidence.of, until])).toEqual([
      ["account", now + 5000],
      ["channel", now + 7000],
    ]);
    const unknown = { ...counted, accountWindowEnd: null, channelWindowEnd: null };
    const asked = findingsOf("contact.frequency", placementFacts({ profile: caps, lead: inAccount, facts: unknown }));
    expect(asked.map(({ until }) => until)).toEqual([now + 3_600_000, now + 3_600_000]);
  });

  test("where no consent to tracking is needed, none is asked for", () => {
    const [ruleset] = makeRulesets(loadPolicyFiles(), []);
    const context = toCedarContext(subjectOf(placementFacts()), loadRuleData());
    const asked = (consentNeeded: boolean) =>
      ruleset?.engine.answer({ ...context, tracking: { tracks: true, consentNeeded, consented: false } });
    expect(asked(false)).toEqual({ fired: [] });
    expect(asked(true)).toEqual({ fired: ["tracking.consent"] });
  });

  test("a finding names the terms that are not met", () => {
    const facts = placementFacts({ ...onGartner, profile: {}, grant: { attribution: "initials" } });
    expect(findingsOf("asset.source-terms", facts)[0]?.evidence).toEqual({
      system: "gartner-peer-insights",
      unmet: ["licence", "link"],
    });
  });
});
