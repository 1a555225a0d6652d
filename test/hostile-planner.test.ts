import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PlanRequest } from "../src/planners/planner.ts";
import type { ToolBox } from "../src/tools/tool.ts";
import { openTestService, type TestService } from "./support/service.ts";

const forbidden = ["revoked-quote", "email-only-quote", "expired-quote", "own-company-quote"];

/** Emits whatever the test hands it, after it has searched or not. */
let emit: (request: PlanRequest, tools: ToolBox) => Promise<unknown> = async () => null;
let service: TestService;

beforeAll(async () => {
  service = await openTestService({
    planner: { kind: "llm", version: "hostile", plan: (request, tools) => emit(request, tools) },
    playbook: { autonomy: { confidenceThreshold: 0 } },
  });
  await service.putLead();
  await service.putAsset();
  const terms = {
    license: "customer-release",
    consentStatus: "granted",
    channels: ["web"],
    territories: ["*"],
    purposes: ["nurture"],
    elements: ["quote", "name", "role", "company"],
  };
  const endorser = { name: "Someone Else", relationship: "customer", company: "Another Example" };
  await service.putAsset({ assetId: "revoked-quote", grant: { ...terms, consentStatus: "revoked" }, endorser });
  await service.putAsset({ assetId: "email-only-quote", grant: { ...terms, channels: ["email"] }, endorser });
  await service.putAsset({
    assetId: "expired-quote",
    grant: { ...terms, validUntil: new Date(service.runtime.clock.now() - 1).toISOString() },
    endorser,
  });
  await service.putAsset({
    assetId: "own-company-quote",
    grant: terms,
    endorser: { ...endorser, company: "Sample Buyer" },
  });
});
afterAll(() => service.close());

const touchpoint = { channel: "web", place: "pricing-hero" };

async function published() {
  return service.vouchsafe.publications.list(service.vouchsafe.store.read, { after: null, limit: 200 });
}

describe("a planner that is wrong or hostile", () => {
  it("publishes nothing that a rule forbids, whatever JSON it emits", async () => {
    const handle = fc.constantFrom(...forbidden, "onboarding-quote");
    const placement = fc.record(
      {
        assetId: fc.oneof(handle, fc.string()),
        assetVersion: fc.oneof(fc.constant(1), fc.integer()),
        touchpoint: fc.oneof(fc.constant<unknown>(touchpoint), fc.jsonValue()),
        framing: fc.oneof(
          fc.constantFrom("<b>Buy now</b>", "Rated 4.9 by 12,000 customers", "Hello Jonas Mustermann"),
          fc.string(),
        ),
        excerpt: fc.record({ start: fc.integer(), end: fc.integer() }),
        recipient: fc.string(),
      },
      { requiredKeys: ["assetId", "assetVersion", "touchpoint"] },
    );
    const plan = fc.record({
      action: fc.constant("place"),
      intent: fc.constant("build-credibility"),
      placements: fc.array(placement, { maxLength: 3 }),
      selfConfidence: fc.constantFrom(1, 0.5, 99, undefined),
    });
    const searches = fc.boolean();
    await fc.assert(
      fc.asyncProperty(fc.oneof(plan, fc.jsonValue()), searches, async (raw, searchesFirst) => {
        emit = async (_request, tools) => {
          if (searchesFirst) await tools.call("search-proof", { touchpoint });
          return raw;
        };
        await service.decide({});
      }),
      { numRuns: 60 },
    );
    const all = await published();
    for (const one of all) {
      expect(forbidden).not.toContain(one.assetId);
      expect(one.content.framing).toBe("What others say");
      expect(one.leadId).toBe("L-1");
    }
  }, 60_000);

  it("cannot publish what it was not offered, even when it knows the handle", async () => {
    for (const assetId of forbidden) {
      emit = async (_request, tools) => {
        await tools.call("search-proof", { touchpoint });
        return { action: "place", intent: "build-credibility", placements: [{ assetId, assetVersion: 1, touchpoint }] };
      };
      const decision = await service.decide({});
      expect(decision.status, assetId).toBe("denied");
      expect(decision.placements, assetId).toEqual([]);
    }
  });

  it("has no tool that publishes", async () => {
    let names: readonly string[] = [];
    let refusal: unknown = null;
    emit = async (_request, tools) => {
      names = tools.names;
      refusal = await tools.call("publish-proof", { placements: [] }).catch((error: unknown) => error);
      return { action: "none", reason: "looked around" };
    };
    expect((await service.decide({})).status).toBe("no-action");
    expect(names).not.toContain("publish-proof");
    expect(refusal).toMatchObject({ code: "invalid" });
  });

  it("may lower the confidence, and then a person is asked, but never raise it", async () => {
    emit = async (_request, tools) => {
      await tools.call("search-proof", { touchpoint });
      const placements = [{ assetId: "onboarding-quote", assetVersion: 1, touchpoint }];
      return { action: "place", intent: "build-credibility", placements, selfConfidence: 1 };
    };
    const sure = await service.decide({});
    expect(sure.status, String(sure.reason)).toBe("published");
    expect(sure.confidence?.value).toBeLessThan(1);
    const emitSure = emit;
    emit = async (request, tools) => ({ ...((await emitSure(request, tools)) as object), selfConfidence: 0 });
    expect((await service.decide({})).confidence?.value).toBe(0);
  });
});
