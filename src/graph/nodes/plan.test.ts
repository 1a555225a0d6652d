import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assetId } from "../../domain/ids.ts";
import { playbook } from "../../domain/playbook.ts";
import { makeVirtualRuntime } from "../../runtime/virtual-runtime.ts";
import type { Offer } from "../../tools/tool.ts";
import { toProposal } from "./plan.ts";

const ids = makeVirtualRuntime({ now: 0, seed: "plan" }).ids;
const book = playbook.parse({
  id: "test",
  version: 1,
  title: "Test",
  when: { eventTypes: ["lead.page-viewed.v1"] },
  intent: "build-credibility",
  prefer: {},
  touchpoints: [
    { channel: "web", place: "hero" },
    { channel: "web", place: "banner" },
  ],
  maxPlacements: 2,
  cadence: { cap: { count: 3, window: "week" } },
  autonomy: { confidenceThreshold: 0.5 },
  mode: { kind: "full" },
});
const hero = { channel: "web", place: "hero" } as const;
const banner = { channel: "web", place: "banner" } as const;
const offer = (id: string, touchpoint: Offer["touchpoint"], rejectedBy: string[] = []): Offer => ({
  assetId: assetId.parse(id),
  assetVersion: 1,
  touchpoint,
  score: 0.5,
  parts: {},
  rejectedBy,
  asks: [],
});
const offers = [offer("a", hero), offer("b", hero), offer("a", banner), offer("ruled-out", hero, ["grant.valid"])];
const place = (...placements: unknown[]) => ({ action: "place", intent: "build-credibility", placements });

describe("toProposal", () => {
  it("takes a plan that names what was offered", () => {
    const raw = place(
      { assetId: "b", assetVersion: 1, touchpoint: hero },
      { assetId: "a", assetVersion: 1, touchpoint: banner },
    );
    const proposal = toProposal(raw, offers, book, ids);
    expect(proposal.kind === "place" && proposal.placements.map((one) => one.proposed.assetId)).toEqual(["b", "a"]);
  });

  it.each([
    ["an asset that was not offered", place({ assetId: "c", assetVersion: 1, touchpoint: hero })],
    ["another version", place({ assetId: "a", assetVersion: 2, touchpoint: hero })],
    ["a touchpoint it was not offered for", place({ assetId: "b", assetVersion: 1, touchpoint: banner })],
    ["what a filter ruled out", place({ assetId: "ruled-out", assetVersion: 1, touchpoint: hero })],
    ["a recipient", place({ assetId: "a", assetVersion: 1, touchpoint: hero, recipient: "x@example.com" })],
    [
      "one touchpoint twice",
      place({ assetId: "a", assetVersion: 1, touchpoint: hero }, { assetId: "b", assetVersion: 1, touchpoint: hero }),
    ],
    [
      "one asset twice",
      place({ assetId: "a", assetVersion: 1, touchpoint: hero }, { assetId: "a", assetVersion: 1, touchpoint: banner }),
    ],
    ["nothing", place()],
    ["no plan at all", "publish everything"],
  ])("refuses %s", (_what, raw) => {
    expect(toProposal(raw, offers, book, ids).kind).toBe("invalid");
  });

  it("refuses more placements than the playbook allows", () => {
    const raw = place(
      { assetId: "b", assetVersion: 1, touchpoint: hero },
      { assetId: "a", assetVersion: 1, touchpoint: banner },
    );
    expect(toProposal(raw, offers, { ...book, maxPlacements: 1 }, ids).kind).toBe("invalid");
  });

  it("places nothing but offered handles, whatever JSON a planner emits", () => {
    const offered = new Set(["a|hero", "b|hero", "a|banner"]);
    const anyPlacement = fc.record({
      assetId: fc.oneof(fc.constantFrom("a", "b", "ruled-out"), fc.string()),
      assetVersion: fc.oneof(fc.constant(1), fc.integer(), fc.double()),
      touchpoint: fc.oneof(fc.constantFrom<unknown>(hero, banner), fc.jsonValue()),
    });
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.array(anyPlacement).map((all) => place(...all)),
    );
    fc.assert(
      fc.property(anything, (raw) => {
        const proposal = toProposal(raw, offers, book, ids);
        if (proposal.kind !== "place") return;
        for (const { proposed } of proposal.placements) {
          expect(offered.has(`${proposed.assetId}|${proposed.touchpoint.place}`)).toBe(true);
          expect(proposed.assetVersion).toBe(1);
        }
      }),
      { numRuns: 500 },
    );
  });
});
