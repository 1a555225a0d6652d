import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placementFacts } from "../../test/support/placement-facts.ts";
import { endorserFacts } from "../domain/endorser.ts";
import type { StandingClearance } from "../domain/facts.ts";
import { effect, type Finding, questionOf } from "../domain/finding.ts";
import { makeGuardrail } from "./cedar-guardrail.ts";
import { asked } from "./checks/check.ts";
import { foldFindings } from "./fold.ts";
import { weighClearances } from "./weigh-clearances.ts";

const now = Date.parse("2026-11-20T10:00:00Z");
const question = asked("claim.typical", "The result is not known to be typical.", { metric: "time-to-live" });
const said = (verdict: "cleared" | "refused", expiresAt = now + 1): StandingClearance => {
  return { question: questionOf(question), verdict, expiresAt };
};

describe("a question about a version", () => {
  test("holds once it was cleared, and says what was asked and until when", () => {
    expect(weighClearances([question], [said("cleared", Date.parse("2027-01-02T03:04:05Z"))], now)).toEqual([
      {
        rule: "claim.typical",
        effect: "allow",
        reason: "Cleared by a person until 2027-01-02.",
        evidence: { metric: "time-to-live", question: question.reason, answeredUntil: "2027-01-02T03:04:05.000Z" },
      },
    ]);
  });

  test("denies once it was refused, whatever else was said", () => {
    for (const answers of [[said("refused")], [said("cleared"), said("refused")]]) {
      expect(foldFindings(weighClearances([question], answers, now)).effect).toBe("deny");
    }
  });

  test("is open again at the millisecond at which the answer ends", () => {
    expect(weighClearances([question], [said("cleared", now), said("refused", now - 1)], now)).toEqual([question]);
  });

  test("of another reason is another question", () => {
    const other = asked(question.rule, "The result rests on one customer.");
    expect(weighClearances([other], [said("cleared")], now)).toEqual([other]);
  });
});

const finding: fc.Arbitrary<Finding> = fc.record({
  rule: fc.constantFrom("claim.typical", "asset.fresh", "grant.valid"),
  effect: fc.constantFrom(...effect.options),
  reason: fc.constantFrom("one", "two"),
  evidence: fc.constant({}),
  about: fc.constantFrom("version" as const, undefined),
  until: fc.constantFrom(now + 1, undefined),
});
const clearance: fc.Arbitrary<StandingClearance> = fc.record({
  question: fc
    .tuple(fc.constantFrom("claim.typical", "asset.fresh", "grant.valid"), fc.constantFrom("one", "two"))
    .map((parts) => parts.join("|")),
  verdict: fc.constantFrom("cleared", "refused"),
  expiresAt: fc.integer({ min: now - 3, max: now + 3 }),
});

test("whatever was said, only an open question about the version is answered, and only by what stands", () => {
  fc.assert(
    fc.property(fc.array(finding), fc.array(clearance), (findings, clearances) => {
      const weighed = weighClearances(findings, clearances, now);
      expect(weighed).toHaveLength(findings.length);
      for (const [at, before] of findings.entries()) {
        const after = weighed[at];
        const answers = clearances.filter((one) => one.question === questionOf(before) && one.expiresAt > now);
        if (before.effect !== "review" || before.about !== "version" || answers.length === 0) {
          expect(after).toBe(before);
        } else {
          const isRefused = answers.some(({ verdict }) => verdict === "refused");
          expect(after).toMatchObject({ rule: before.rule, effect: isRefused ? "deny" : "allow" });
        }
      }
    }),
  );
});

describe("a question about an endorser's post", () => {
  test("is another one once role, company or relationship on record are others", async () => {
    const guardrail = await makeGuardrail();
    const askedOf = (endorser: object) =>
      guardrail
        .judge(placementFacts({ endorser: endorserFacts.parse({ relationship: "customer", ...endorser }) }))
        .findings.find((one) => one.rule === "endorser.current" && one.effect === "review");
    const first = { role: "Head of Ops", company: "Example Freight" };
    const question = askedOf(first);
    if (question === undefined) throw new Error("nobody checked the post, so it is asked about");
    const cleared = [{ question: questionOf(question), verdict: "cleared", expiresAt: now + 1 }] as const;
    const effectOf = (endorser: object) => {
      const found = askedOf(endorser);
      return found && weighClearances([found], cleared, now)[0]?.effect;
    };
    expect(effectOf(first)).toBe("allow");
    expect(effectOf({ ...first, industry: "logistics" })).toBe("allow");
    expect(effectOf({ ...first, role: "Chief of Growth" })).toBe("review");
    expect(effectOf({ ...first, company: "Rival Labs" })).toBe("review");
    expect(effectOf({ ...first, relationship: "former-customer" })).toBe("review");
  });
});
