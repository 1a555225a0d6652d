import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Effect, Finding } from "../../domain/finding.ts";
import { observed } from "../../domain/observed.ts";
import { plan as planSchema } from "../../domain/plan.ts";
import { playbook } from "../../domain/playbook.ts";
import type { ToolBox } from "../../tools/tool.ts";
import type { PlanRequest } from "../planner.ts";
import { makeRulesPlanner } from "./rules-planner.ts";

const hero = { channel: "web", place: "hero" } as const;
const banner = { channel: "web", place: "banner" } as const;
const book = (maxPlacements: number) =>
  playbook.parse({
    id: "test",
    version: 1,
    title: "Test",
    when: { eventTypes: ["lead.page-viewed.v1"] },
    intent: "build-credibility",
    prefer: { themes: ["onboarding"] },
    touchpoints: [hero, banner],
    maxPlacements,
    cadence: { cap: { count: 3, window: "week" } },
    autonomy: { confidenceThreshold: 0.5 },
    mode: { kind: "full" },
  });

/** What the rules say of each asset, best first; a deny about the lead is written `lead`. */
type Said = Record<string, Effect | "lead">;

/** Answers as the tools do, from a script. */
function boxOf(said: Said, calls: string[] = []): ToolBox {
  const deny: Finding = { rule: "grant.valid", effect: "deny", reason: "No grant.", evidence: {} };
  const denyLead: Finding = { rule: "consent.suppressed", effect: "deny", reason: "Objected.", evidence: {} };
  return {
    names: ["search-proof", "check-license"],
    offers: [],
    async call(name, input) {
      const { assetId, touchpoint } = input as { assetId: string; touchpoint: typeof hero };
      calls.push(name === "check-license" ? `${assetId}@${touchpoint.place}` : name);
      if (name === "search-proof") {
        const hits = Object.keys(said).map((id, at) => ({
          assetId: id,
          assetVersion: 1,
          kind: "testimonial",
          title: id,
          score: 1 - at / 100,
          parts: {},
        }));
        return { touchpoint, hits, ruledOut: [] };
      }
      const effect = said[assetId];
      if (effect === "lead") return { effect: "deny", asset: [], lead: [denyLead] };
      return { effect, asset: effect === "deny" ? [deny] : [], lead: [] };
    },
  };
}

function requestOf(maxPlacements = 1, denied: PlanRequest["denied"] = []): PlanRequest {
  return {
    playbook: book(maxPlacements),
    denied,
    observed: observed.parse({
      at: 0,
      eventId: `evt_${"0".repeat(26)}`,
      eventType: "lead.page-viewed.v1",
      eventAt: 0,
      leadId: "L-1",
      lead: null,
      hasCompanyEmail: false,
      pages: [],
      themes: [],
      objections: [],
      hasText: false,
      playbook: null,
      pilotShare: null,
      recentAssets: [],
    }),
  };
}

async function planned(said: Said, request = requestOf()) {
  const plan = planSchema.parse(await makeRulesPlanner().plan(request, boxOf(said)));
  return plan.action === "none" ? plan.reason : plan.placements.map((one) => `${one.assetId}@${one.touchpoint.place}`);
}

describe("the rules planner", () => {
  it("takes the best that the rules let pass", async () => {
    expect(await planned({ a: "deny", b: "allow", c: "allow" })).toEqual(["b@hero"]);
  });

  it("prefers what passes by itself over what a person must see", async () => {
    expect(await planned({ a: "review", b: "allow" })).toEqual(["b@hero"]);
    expect(await planned({ a: "review", b: "deny", c: "review" })).toEqual(["a@hero"]);
  });

  it("proposes what waiting lets pass: another asset would wait as well", async () => {
    expect(await planned({ a: "hold", b: "allow" })).toEqual(["a@hero"]);
  });

  it("does not propose again what the guardrail denied", async () => {
    const denied = [{ assetId: "a", assetVersion: 1, touchpoint: "web/hero", rules: ["content.safe"] }];
    expect(await planned({ a: "allow", b: "allow" }, requestOf(1, denied))).toEqual(["b@hero"]);
    const elsewhere = [{ assetId: "a", assetVersion: 1, touchpoint: "web/banner", rules: ["content.safe"] }];
    expect(await planned({ a: "allow" }, requestOf(1, elsewhere))).toEqual(["a@hero"]);
  });

  it("says what stood in the way, or that nothing fits", async () => {
    expect(await planned({ a: "deny" })).toBe("Nothing that fits may be shown: grant.valid.");
    expect(await planned({})).toBe("No proof in the catalogue fits this lead at the playbook's touchpoints.");
  });

  it("tries nothing more where a rule about the lead denies", async () => {
    const calls: string[] = [];
    await makeRulesPlanner().plan(requestOf(), boxOf({ a: "lead", b: "allow" }, calls));
    expect(calls).toEqual(["search-proof", "a@hero", "search-proof", "a@banner"]);
  });

  it("fills several touchpoints, never with one asset twice", async () => {
    expect(await planned({ a: "allow", b: "allow" }, requestOf(2))).toEqual(["a@hero", "b@banner"]);
    expect(await planned({ a: "allow" }, requestOf(2))).toEqual(["a@hero"]);
  });

  it("gives the same plan for the same facts, and places nothing that is denied", async () => {
    const effects = fc.constantFrom<Said[string]>("allow", "review", "hold", "deny", "lead");
    const script = fc.dictionary(fc.constantFrom("a", "b", "c", "d", "e", "f", "g"), effects);
    await fc.assert(
      fc.asyncProperty(script, fc.integer({ min: 1, max: 2 }), async (said, max) => {
        const plan = await planned(said, requestOf(max));
        expect(await planned(said, requestOf(max))).toEqual(plan);
        if (typeof plan === "string") return;
        expect(plan.length).toBeLessThanOrEqual(max);
        for (const one of plan) expect(["allow", "review", "hold"]).toContain(said[one.split("@")[0] ?? ""]);
      }),
    );
  });
});
