import type { Confidence } from "../domain/decision.ts";
import { AppError } from "../domain/errors.ts";
import type { PlacementFacts } from "../domain/facts.ts";
import type { Finding } from "../domain/finding.ts";
import { jsonDigest } from "../domain/hash.ts";
import { applyOverrides, type Overrides } from "./apply-overrides.ts";
import { makeChecks } from "./checks/checks.ts";
import { confidenceFinding, confidenceOf } from "./confidence.ts";
import { evaluate } from "./evaluate.ts";
import { engineFailure, foldFindings } from "./fold.ts";
import type { OwnRules, Softening, SwitchableGuardrail } from "./guardrail.ts";
import { makeLeaveBook } from "./leave.ts";
import { loadPolicyFiles, type PolicyFiles } from "./policy-files.ts";
import { loadRuleData } from "./rule-data.ts";
import { rulesInForce } from "./rules-in-force.ts";
import { makeRulesets, type Ruleset, rulesetAt } from "./ruleset.ts";
import { standsUntil } from "./stands-until.ts";
import { concerns } from "./stops.ts";
import { subjectOf } from "./subject.ts";
import { weighClearances } from "./weigh-clearances.ts";
import { withOwnRules } from "./with-own-rules.ts";

/**
 * The rule pack: rules on facts in Cedar, rules on text as checks, and what a deployment adds. The ruleset is chosen by
 * the time of the facts. Rejects with `config` when a policy or a data file is not usable.
 */
export async function makeGuardrail(
  pack: PolicyFiles = loadPolicyFiles(),
  softenings: readonly Softening[] = [],
): Promise<SwitchableGuardrail> {
  const data = loadRuleData();
  const checks = makeChecks();
  // One book whatever set stands: what was judged under one may be given leave while the next stands already.
  const book = makeLeaveBook();
  let standing = toStanding(pack.own, softenings);

  function toStanding(own: OwnRules | null, soft: readonly Softening[]): Standing {
    const files = pack.own === own ? pack : withOwnRules(pack, own);
    const [first, ...later] = makeRulesets(files, checks);
    if (first === undefined) throw new AppError("config", "There is no rule at all.");
    const tightenings = own?.tightenings ?? [];
    return {
      tightenings,
      at(now) {
        const ruleset = rulesetAt([first, ...later], now);
        const inForce = soft.filter(({ from, until }) => from <= now && now < until);
        const version = versionOf(ruleset, inForce);
        return { ruleset, overrides: { tightenings, softenings: inForce }, version };
      },
    };
  }

  const failures = [engineFailure("A rule failed on these facts.")];
  const failed = { findings: failures, verdict: foldFindings(failures) };

  return {
    rulesetVersionAt: (now) => standing.at(now).version,
    judge(facts) {
      try {
        const { ruleset, overrides, version } = standing.at(facts.now);
        const found = evaluate(ruleset, subjectOf(facts), data);
        const overridden = applyOverrides(found, within(overrides, facts));
        const findings = weighClearances(overridden, facts.clearances, facts.now);
        return book.judgement({ findings, verdict: foldFindings(findings), rulesetVersion: version }, facts);
      } catch {
        // The one place where a fault becomes a finding: on facts that make a rule throw nothing may rest.
        return { ...failed, rulesetVersion: standing.at(0).version };
      }
    },
    standsUntil: (facts) => Math.min(standsUntil(facts, data), endOfSoftening(facts)),
    fold: foldFindings,
    confidence: (facts, input) => book.confidence(confidenceOf(facts, input, data.freshness), facts),
    confidenceFinding: toFinding,
    rule: (judgement, confidence, approval) => book.rule(judgement, toFinding(confidence), confidence, approval),
    prepare({ own, softenings: soft }) {
      const next = toStanding(own, soft);
      return () => {
        standing = next;
      };
    },
    rulesAt(now) {
      const { ruleset, overrides } = standing.at(now);
      return rulesInForce(ruleset, overrides);
    },
  };

  /** Until when the overrides stand without which it would be denied; Infinity where it needs none. */
  function endOfSoftening(facts: PlacementFacts): number {
    const { ruleset, overrides } = standing.at(facts.now);
    const { softenings } = within(overrides, facts);
    if (softenings.length === 0) return Number.POSITIVE_INFINITY;
    const denied = evaluate(ruleset, subjectOf(facts), data).filter(({ effect }) => effect === "deny");
    return Math.min(...denied.flatMap(({ rule }) => softenings.find((one) => one.rule === rule)?.until ?? []));
  }

  /** It asks and never denies, so there is nothing of it to soften. */
  function toFinding(confidence: Confidence): Finding {
    const found = confidenceFinding(confidence);
    return applyOverrides([found], { tightenings: standing.tightenings, softenings: [] })[0] ?? found;
  }
}

interface Standing {
  readonly tightenings: OwnRules["tightenings"];
  at(now: number): {
    readonly ruleset: Ruleset;
    readonly overrides: Overrides;
    readonly version: string;
  };
}

/** What is softened elsewhere denies here. */
function within({ tightenings, softenings }: Overrides, facts: PlacementFacts): Overrides {
  return { tightenings, softenings: softenings.filter((one) => concerns(one, facts)) };
}

/** Other overrides are other rules: what was let pass under one is not let pass under the next without being judged. */
function versionOf({ version }: Ruleset, softenings: readonly Softening[]): string {
  if (softenings.length === 0) return version;
  const ids = softenings.map(({ overrideId }) => overrideId).sort();
  return `${version}+soft.${jsonDigest(ids).slice("sha256:".length).slice(0, 12)}`;
}
