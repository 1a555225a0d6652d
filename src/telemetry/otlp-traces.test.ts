import { afterEach, expect, it } from "vitest";
import { type OtlpReceiver, startOtlpReceiver } from "../../test/support/otlp-receiver.ts";
import { testRuntime } from "../../test/support/runtime.ts";
import { makeLogger } from "./logger.ts";
import { makeOtlpTraces } from "./otlp-traces.ts";
import type { RunTrace } from "./telemetry.ts";

const receivers: OtlpReceiver[] = [];
afterEach(async () => {
  for (const one of receivers.splice(0)) await one.close();
});

const run: RunTrace = {
  decisionId: "dec_1",
  attempt: 2,
  startedAt: Date.UTC(2026, 0, 1),
  ms: 9.5,
  status: "fault",
  playbook: null,
  planner: null,
  traceparent: null,
  steps: [
    { kind: "node", name: "plan", parent: null, fromMs: 1.25, toMs: 9, error: "corrupt" },
    { kind: "tool", name: "search-proof", parent: 0, fromMs: 2, toMs: 3, error: "corrupt" },
  ],
};

async function open(change: Partial<Parameters<typeof makeOtlpTraces>[0]> = {}) {
  const receiver = await startOtlpReceiver();
  receivers.push(receiver);
  const lines: string[] = [];
  const exported: string[] = [];
  const runtime = testRuntime();
  const traces = makeOtlpTraces({
    endpoint: receiver.endpoint,
    serviceName: "vouchsafe",
    version: "1",
    sampler: "always_on",
    ratio: 1,
    clock: runtime.clock,
    logger: makeLogger({ level: "info", destination: { write: (line: string) => void lines.push(line) } }),
    metrics: { spansExported: ({ count, result }) => exported.push(`${count} ${result}`) },
    ...change,
  });
  return { receiver, traces, lines, exported, runtime };
}

it("sends what is queued when it closes; a run that failed says of what, and times are those of the run", async () => {
  const { receiver, traces, exported } = await open();
  traces.ran(structuredClone(run));
  await traces.close();
  expect(exported).toEqual(["3 exported"]);
  const [root, plan, tool] = ["invoke_agent vouchsafe", "plan", "execute_tool search-proof"].map((name) =>
    receiver.spans().find((one) => one.name === name),
  );
  const epoch = BigInt(run.startedAt) * 1_000_000n;
  expect([root, plan, tool].map((one) => BigInt(one?.startTimeUnixNano ?? 0) - epoch)).toEqual([
    0n,
    1_250_000n,
    2_000_000n,
  ]);
  expect([root, plan, tool].map((one) => BigInt(one?.endTimeUnixNano ?? 0) - epoch)).toEqual([
    9_500_000n,
    9_000_000n,
    3_000_000n,
  ]);
  expect([root, plan, tool].map((one) => one?.status?.code)).toEqual([2, 2, 2]);
  expect([plan, tool].map((one) => one?.attributes["error.type"])).toEqual(["corrupt", "corrupt"]);
  expect([plan?.parentSpanId, tool?.parentSpanId]).toEqual([root?.spanId, plan?.spanId]);
});

it("sends nothing with always_off, and about the share that traceidratio says", async () => {
  const off = await open({ sampler: "always_off" });
  off.traces.ran(run);
  await off.traces.close();
  expect(off.receiver.bytes()).toBe("");
  const some = await open({ sampler: "traceidratio", ratio: 0.3 });
  for (let i = 0; i < 1000; i++) some.traces.ran(run);
  await some.traces.close();
  const roots = some.receiver.spans().filter(({ name }) => name === "invoke_agent vouchsafe").length;
  expect(roots).toBeGreaterThan(200);
  expect(roots).toBeLessThan(400);
});

it("counts what a collector refuses, warns once a minute, and closes all the same", async () => {
  const { traces, exported, lines, runtime } = await open({
    endpoint: `${(await open()).receiver.endpoint}/elsewhere`,
  });
  for (const wait of [0, 1000, 61_000]) {
    runtime.advance(wait);
    traces.ran(run);
    await expect
      .poll(() => exported.filter((line) => line === "3 failed").length, { timeout: 10_000 })
      .toBe(wait === 0 ? 1 : wait === 1000 ? 2 : 3);
  }
  expect(lines.filter((line) => line.includes("could not be sent"))).toHaveLength(2);
  expect(lines.at(-1)).toContain('"spans":6');
  await traces.close();
}, 40_000);
