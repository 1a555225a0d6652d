import { openSync } from "node:fs";
import { pino } from "pino";
import { makeRunRecorder } from "../src/graph/run-recorder.ts";
import { makeServed } from "../src/http/served.ts";
import { makeSystemRuntime } from "../src/runtime/system-runtime.ts";
import { makeLogger } from "../src/telemetry/logger.ts";
import { makeOtlpTraces } from "../src/telemetry/otlp-traces.ts";
import { makePrometheus } from "../src/telemetry/prometheus.ts";
import type { DecisionRested } from "../src/telemetry/telemetry.ts";
import { makeTellRested } from "../src/telemetry/tell-rested.ts";

// What watching costs: processor time per call, user and system, so that a busy machine does not blur it.
const rounds = 200_000;
const { clock } = makeSystemRuntime();
const silent = makeLogger({ level: "silent" });
const toFile = makeLogger({
  level: "info",
  destination: pino.destination({ dest: openSync("/dev/null", "w"), sync: true }),
});
const { metrics, page } = makePrometheus({ clock, logger: silent, version: "bench", playbooks: ["bench"], levels: [] });

/** A decision that publishes one placement: what the bench's pricing views come to. */
const rested: DecisionRested = {
  decisionId: "dec_01M8811E9HKGNJQA5JK9VYMHHB",
  status: "published",
  attempt: 1,
  playbook: { id: "bench", version: 1 },
  planner: { kind: "rules", version: "2026-11-01.1" },
  ruleset: "2026-11-01.1",
  findings: Array.from({ length: 30 }, (_, i) => ({ rule: `group-${i % 6}.rule-${i}`, effect: "allow" })),
  rejections: Array.from({ length: 12 }, (_, i) => `group.rule-${i % 3}`),
  ms: 21.5,
  nodesMs: { observe: 2.1, plan: 7.2, guardrail: 5.1, act: 4.4, report: 3.2 },
};
const served = { requestId: "req_AAAAAAAAAAAAAAAA", method: "post", route: "/v1/events", status: 200, started: 0 };
const about = { decisionId: rested.decisionId, eventId: "evt_01M8811E9HKGNJQA5JK9VYMHHA" };

function measure(name: string, call: () => void): void {
  for (let i = 0; i < 50_000; i++) call();
  const before = process.cpuUsage();
  for (let i = 0; i < rounds; i++) call();
  const { user, system } = process.cpuUsage(before);
  process.stdout.write(`${name.padEnd(52)}${((user + system) / rounds).toFixed(2)} µs\n`);
}

measure("a decision counted", () => metrics.decisionRested(rested));
measure("a decision counted and its line", () => makeTellRested({ metrics, logger: toFile })(rested));
const quiet = makeServed({ metrics, logger: silent });
const loud = makeServed({ metrics, logger: toFile });
measure("a request counted", () => quiet({ ...served, about }));
measure("a request counted and its line", () => loud({ ...served, about }));
measure("a run recorded (5 nodes, 6 tools)", () => void record());
const traces = makeOtlpTraces({
  endpoint: "http://127.0.0.1:9",
  serviceName: "bench",
  version: "bench",
  sampler: "always_on",
  ratio: 1,
  clock,
  logger: silent,
  metrics: { spansExported: () => {} },
});
measure("a run recorded and made into spans (12)", () => traces.ran(record()));

const before = process.cpuUsage();
for (let i = 0; i < 50; i++) await page.text();
const scraped = process.cpuUsage(before);
process.stdout.write(
  `${"a scrape, without the queues".padEnd(52)}${((scraped.user + scraped.system) / 50).toFixed(0)} µs\n`,
);
process.exit(0);

function record() {
  const recorder = makeRunRecorder(clock.now());
  for (const node of ["observe", "plan", "guardrail", "act", "report"]) {
    const end = recorder.begin("node", node);
    for (let i = 0; node === "plan" && i < 6; i++) recorder.begin("tool", "search-proof")();
    end();
  }
  const { decisionId, attempt, status } = rested;
  return recorder.finish({ decisionId, attempt, status, playbook: "bench@1", planner: "rules" });
}
