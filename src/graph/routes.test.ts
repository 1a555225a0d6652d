import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterGuardrail, afterObserve, afterPlan, isStanding } from "./routes.ts";
import type { Ending, JudgedPlacement } from "./state.ts";

const ending: Ending = { status: "no-action", reason: "nothing to do", wakeAt: null };
const placement = (effect: JudgedPlacement["effect"], answer: JudgedPlacement["answer"] = "none") =>
  ({ effect, answer }) as JudgedPlacement;

describe("routes", () => {
  it("report whatever has an ending, from every node", () => {
    expect(afterObserve({ ending })).toBe("report");
    expect(afterPlan({ ending, proposal: null })).toBe("report");
    expect(afterGuardrail({ ending, placements: [placement("allow")] })).toBe("report");
  });

  it("plan after observing, and judge what was planned", () => {
    expect(afterObserve({ ending: null })).toBe("plan");
    expect(afterPlan({ ending: null, proposal: { kind: "place", placements: [], selfConfidence: null } })).toBe(
      "guardrail",
    );
    expect(afterPlan({ ending: null, proposal: { kind: "invalid", problem: "not a plan" } })).toBe("plan");
  });

  it("act only when every standing placement is allowed", () => {
    const effects = fc.constantFrom("allow", "review", "hold", "deny") as fc.Arbitrary<JudgedPlacement["effect"]>;
    const answers = fc.constantFrom("none", "waiting", "discharged", "rejected", "expired", "blocked") as fc.Arbitrary<
      JudgedPlacement["answer"]
    >;
    fc.assert(
      fc.property(fc.array(fc.tuple(effects, answers), { maxLength: 5 }), (pairs) => {
        const placements = pairs.map(([effect, answer]) => placement(effect, answer));
        const standing = placements.filter(isStanding);
        const next = afterGuardrail({ ending: null, placements });
        expect(next === "act").toBe(standing.length > 0 && standing.every((one) => one.effect === "allow"));
        if (standing.some((one) => one.effect === "deny")) expect(next).toBe("plan");
      }),
    );
  });

  it("ask a person when something stands for review and nothing is denied", () => {
    expect(afterGuardrail({ ending: null, placements: [placement("allow"), placement("review")] })).toBe("approve");
  });
});
