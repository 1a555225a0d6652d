import { describe, expect, it } from "vitest";
import { testRuntime } from "../../test/support/runtime.ts";
import { makeLogger } from "./logger.ts";
import { makeProcessLevels } from "./process-levels.ts";
import { makePrometheus } from "./prometheus.ts";
import { makeTally } from "./tally.ts";
import type { DecisionRested, Level } from "./telemetry.ts";

const rested: DecisionRested = {
  decisionId: "dec_1",
  status: "published",
  attempt: 1,
  playbook: { id: "evaluation-proof", version: 4 },
  planner: { kind: "rules", version: "1" },
  ruleset: "r",
  findings: [
    { rule: "grant.valid", effect: "allow" },
    { rule: "grant.territory", effect: "allow" },
  ],
  rejections: ["contact.repeat", "contact.repeat"],
  ms: 12,
  nodesMs: { observe: 2, plan: 7 },
};

function open(levels: readonly Level[] = []) {
  const lines: string[] = [];
  const logger = makeLogger({ level: "info", destination: { write: (line: string) => void lines.push(line) } });
  const { clock } = testRuntime();
  const made = makePrometheus({ clock, logger, version: "1.2.3", playbooks: ["evaluation-proof"], levels });
  return { ...made, lines };
}

describe("the metrics", () => {
  it("count decisions, rules and nodes", async () => {
    const { metrics, page } = open();
    metrics.decisionRested(rested);
    metrics.decisionRested(rested);
    metrics.decisionRested({
      ...rested,
      status: "held",
      playbook: null,
      findings: [{ rule: "contact.frequency", effect: "hold" }],
    });
    metrics.runFailed({ code: "corrupt", fate: "dead" });
    const text = await page.text();
    for (const line of [
      'vouchsafe_build_info{version="1.2.3"} 1',
      'vouchsafe_decisions_total{status="published",playbook="evaluation-proof"} 2',
      'vouchsafe_decisions_total{status="held",playbook="none"} 1',
      'vouchsafe_findings_total{rule="grant.valid",effect="allow"} 2',
      'vouchsafe_findings_total{rule="contact.frequency",effect="hold"} 1',
      'vouchsafe_candidates_rejected_total{rule="contact.repeat"} 6',
      'vouchsafe_decision_node_seconds_bucket{le="0.0025",node="observe"} 3',
      'vouchsafe_decision_node_seconds_count{node="plan"} 3',
      "vouchsafe_decision_seconds_count 3",
      'vouchsafe_run_failures_total{code="corrupt",fate="dead"} 1',
    ]) {
      expect(text).toContain(`${line}\n`);
    }
    // Scraped again, nothing is counted twice.
    expect(await page.text()).toBe(text);
  });

  it("count requests, streams and spans", async () => {
    const { metrics, page } = open();
    metrics.requestServed({ method: "get", route: "/v1/leads/{id}", status: 404, ms: 3 });
    metrics.streamOpened();
    metrics.streamOpened();
    metrics.streamClosed("slow");
    metrics.spansExported({ count: 12, result: "failed" });
    const text = await page.text();
    expect(text).toContain('vouchsafe_http_requests_total{method="get",route="/v1/leads/{id}",status="404"} 1\n');
    expect(text).toContain('vouchsafe_http_request_seconds_bucket{le="0.005",method="get",route="/v1/leads/{id}"} 1\n');
    expect(text).toContain("vouchsafe_stream_readers 1\n");
    expect(text).toContain('vouchsafe_stream_ends_total{why="slow"} 1\n');
    expect(text).toContain('vouchsafe_trace_spans_total{result="failed"} 12\n');
  });

  it("name no playbook that they were not told of", async () => {
    const { metrics, page } = open();
    for (let i = 0; i < 1000; i++) metrics.decisionRested({ ...rested, playbook: { id: `p-${i}`, version: 1 } });
    const text = await page.text();
    expect(text).toContain('playbook="other"} 1000\n');
    expect(text).not.toContain("p-1");
  });

  it("are counted in the same way when they come from another thread", async () => {
    const { metrics, page } = open();
    metrics.decisionRested(structuredClone(rested));
    expect(await page.text()).toContain('vouchsafe_findings_total{rule="grant.valid",effect="allow"} 1\n');
  });

  it("read a level when they are asked for, leave out one that fails, and say so", async () => {
    let value = 1;
    const level = (name: string, read: Level["read"]): Level => ({
      name,
      help: "h",
      kind: "gauge",
      labelNames: ["state"],
      read,
    });
    const good = level("good", async () => [{ labels: { state: "ready" }, value }]);
    const bad = level("bad", async () => {
      if (value === 2) throw new Error("jonas@example.com");
      return [{ labels: { state: "ready" }, value }];
    });
    const { page, lines } = open([bad, good]);
    expect(await page.text()).toMatch(/bad\{state="ready"\} 1[\s\S]*good\{state="ready"\} 1/);
    value = 2;
    const text = await page.text();
    expect(text).toContain('good{state="ready"} 2\n');
    expect(text).not.toContain("bad{");
    expect(text).toContain('vouchsafe_scrape_failures_total{metric="bad"} 1\n');
    expect(lines.join("")).toContain('"metric":"bad"');
    expect(lines.join("")).not.toContain("jonas");
  });

  it("are read once for two who ask at the same time", async () => {
    let reads = 0;
    const counted: Level = {
      name: "counted",
      help: "h",
      kind: "gauge",
      labelNames: [],
      read: async () => [{ labels: {}, value: ++reads }],
    };
    const { page } = open([counted]);
    const [one, two] = await Promise.all([page.text(), page.text()]);
    expect([reads, one]).toEqual([1, two]);
  });
});

describe("the process's levels", () => {
  it("tell memory, processor time and how late the event loop is", async () => {
    const { levels, start, stop } = makeProcessLevels();
    const { page } = open(levels);
    const figure = (text: string, series: string) =>
      Number(
        text
          .split("\n")
          .find((line) => line.startsWith(`${series} `))
          ?.split(" ")[1],
      );
    const late = 'nodejs_eventloop_delay_seconds{quantile="1"}';
    expect(figure(await page.text(), late)).toBe(0);
    start();
    await new Promise((wait) => setTimeout(wait, 60));
    const until = performance.now() + 150;
    while (performance.now() < until);
    await new Promise((wait) => setTimeout(wait, 60));
    const text = await page.text();
    expect(figure(text, late)).toBeGreaterThan(0.05);
    expect(figure(text, "process_resident_memory_bytes")).toBeGreaterThan(10_000_000);
    expect(figure(text, "nodejs_heap_size_used_bytes")).toBeGreaterThan(1_000_000);
    expect(figure(text, 'process_cpu_seconds_total{mode="user"}')).toBeGreaterThan(0);
    expect(Math.abs(figure(text, "process_start_time_seconds") - Date.now() / 1000)).toBeLessThan(3600);
    stop();
  });
});

describe("a tally", () => {
  it("counts what is past its limit together", () => {
    const tally = makeTally(2);
    for (const name of ["a", "b", "c", "d", "c", "a"]) tally.add(name, "x");
    const counts: string[] = [];
    tally.each((first, second, count) => counts.push(`${first} ${second} ${count}`));
    expect(counts.sort()).toEqual(["a x 2", "b x 1", "other x 3"]);
  });
});
