import fc from "fast-check";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { Decision } from "../src/domain/decision.ts";
import type { PlanRequest } from "../src/planners/planner.ts";
import type { ToolBox } from "../src/tools/tool.ts";
import { openSample, type SampleService, sampleLines } from "./support/sample.ts";
import { openTestService, type TestService } from "./support/service.ts";
import { tableDigest } from "./support/table-digest.ts";

let sample: SampleService;
const decided: Decision[] = [];
beforeAll(async () => {
  sample = await openSample();
  for (const event of sampleLines("events.jsonl")) {
    decided.push(await sample.decide({ id: "", ...event }));
  }
}, 120_000);
afterAll(() => sample.close());

type Call = readonly [tool: string, input: unknown];

let service: TestService | null = null;
afterEach(async () => {
  await service?.close();
  service = null;
});

it("replays everything that the sample's events led to byte for byte, and writes nothing", async () => {
  const { replays, store, sequencer } = sample.vouchsafe;
  await sequencer.run();
  const before = await tableDigest(store, ["leases"]);
  const progress: number[] = [];
  const stop = replays.watch((done) => void progress.push(done));
  const report = await replays.replay({ limit: 1000 });
  stop();
  expect(report.decisions.filter(({ outcome }) => outcome !== "same")).toEqual([]);
  // A recall is carried out as its event is accepted: no run, nothing recorded.
  const run = decided.filter(({ reason }) => reason !== "recall");
  expect(report.counts).toEqual({
    decisions: run.length,
    same: run.length,
    different: 0,
    unexplained: 0,
    notReplayed: 0,
  });
  expect(new Set(run.map(({ status }) => status)).size).toBeGreaterThanOrEqual(4);
  expect(progress).toEqual(run.map((_, at) => at + 1));
  expect(await tableDigest(store, ["leases"])).toBe(before);
}, 120_000);

it("replays what any planner at all has led to, from its recorded plans", async () => {
  let emit: (request: PlanRequest, tools: ToolBox) => Promise<unknown> = async () => null;
  let calls = 0;
  service = await openTestService({
    planner: {
      kind: "llm",
      version: "anything",
      plan(request, tools) {
        calls++;
        return emit(request, tools);
      },
    },
    playbook: { autonomy: { confidenceThreshold: 0.4 } },
  });
  await service.putLead();
  await service.putAsset();
  await service.putAsset({ assetId: "another-quote", quote: "Nobody had to be convinced twice of this." });
  const touchpoint = { channel: "web", place: "pricing-hero" };
  const placement = fc.record(
    {
      assetId: fc.constantFrom("onboarding-quote", "another-quote", "onboarding-quote", "no-such-quote"),
      assetVersion: fc.constantFrom(1, 1, 1, 2),
      touchpoint: fc.constantFrom(touchpoint, touchpoint, { channel: "email", place: "nowhere" }),
      framing: fc.constantFrom("Rated 4.9 by 12,000 customers", "Hear it from others", "<b>Now</b>"),
    },
    { requiredKeys: ["assetId", "assetVersion", "touchpoint"] },
  );
  const plan = fc.record(
    {
      action: fc.constant("place"),
      intent: fc.constant("build-credibility"),
      placements: fc.array(placement, { minLength: 1, maxLength: 2, size: "xsmall" }),
      selfConfidence: fc.double({ min: 0, max: 1, noNaN: true }),
      rationale: fc.string(),
    },
    { requiredKeys: ["action", "intent", "placements"] },
  );
  const call = fc.oneof(
    fc.constant(["search-proof", { touchpoint }] as const),
    fc.constant(["check-consent", { touchpoint }] as const),
    placement.map((proposed) => ["check-license", proposed] as const),
    fc.constant(["no-such-tool", {}] as const),
  );
  const search = fc.constant(["search-proof", { touchpoint }] as const);
  const searching = fc.tuple(search, fc.array(call, { maxLength: 3 })).map(([first, more]) => [first, ...more]);
  const attempt = fc.record({
    calls: fc.oneof(searching, searching, fc.array(call, { maxLength: 3 })),
    raw: fc.oneof(plan, plan, plan, fc.constant({ action: "none", reason: "Not now." }), fc.jsonValue()),
  });
  // One of each kind is always among them.
  const looking = ["search-proof", { touchpoint }] as const;
  const good = { assetId: "onboarding-quote", assetVersion: 1, touchpoint } as const;
  const shown = { action: "place", intent: "build-credibility", placements: [good] } as const;
  const asked = { ...shown, selfConfidence: 0 };
  const nothing = { action: "none", reason: "Not now." };
  const nonsense = "publish everything";
  const statuses = new Set<string>();
  const sameAgain = async (attempts: readonly { readonly calls: readonly Call[]; readonly raw: unknown }[]) => {
    const opened = service;
    if (!opened) throw new Error("it was opened");
    let turn = 0;
    emit = async (_, tools) => {
      const { calls: made, raw } = attempts[turn++ % attempts.length] ?? { calls: [], raw: null };
      for (const [tool, input] of made) await tools.call(tool, input).catch(() => null);
      return raw;
    };
    const { decisionId, status } = await opened.decide({});
    statuses.add(status);
    const before = calls;
    const { decisions } = await opened.vouchsafe.replays.replay({ decisions: [decisionId], limit: 1 });
    expect(decisions[0]).toEqual({ decisionId, outcome: "same", attempts: 1, differences: [], causes: [] });
    expect(calls).toBe(before);
  };
  for (const raw of [shown, asked, nothing, nonsense]) await sameAgain([{ calls: [looking], raw }]);
  const attempts = fc.array(attempt, { minLength: 1, maxLength: 3 });
  await fc.assert(fc.asyncProperty(attempts, sameAgain), { numRuns: 40 });
  expect([...statuses]).toEqual(expect.arrayContaining(["published", "awaiting-approval", "no-action", "denied"]));
}, 240_000);
