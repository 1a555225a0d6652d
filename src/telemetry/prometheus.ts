import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Clock } from "../runtime/runtime.ts";
import { makeLevelCollector } from "./levels.ts";
import { makeTally } from "./tally.ts";
import type { DecisionRested, Level, Logger, Metrics, MetricsPage } from "./telemetry.ts";

export interface PrometheusDeps {
  readonly clock: Clock;
  readonly logger: Pick<Logger, "warn">;
  readonly version: string;
  /** The only playbooks that are named in labels; any other is `other`. */
  readonly playbooks: readonly string[];
  readonly levels: readonly Level[];
}

/**
 * Metrics in a registry of their own, as Prometheus reads them. What is counted many times per decision goes into a
 * plain tally, which a scrape copies: a labelled counter costs most of a microsecond per call.
 */
export function makePrometheus(deps: PrometheusDeps): { readonly metrics: Metrics; readonly page: MetricsPage } {
  const registry = new Registry();
  const registers = [registry];
  const playbooks = new Set(deps.playbooks);

  new Gauge({ name: "vouchsafe_build_info", help: "1; which version runs.", labelNames: ["version"], registers }).set(
    { version: deps.version },
    1,
  );
  const decisions = new Counter({
    name: "vouchsafe_decisions_total",
    help: "Times that a decision came to rest, by status and playbook (a held one rests more than once).",
    labelNames: ["status", "playbook"],
    registers,
  });
  const decisionSeconds = new Histogram({
    name: "vouchsafe_decision_seconds",
    help: "Duration of the run that brought a decision to rest.",
    buckets: secondBuckets,
    registers,
  });
  const nodeSeconds = new Histogram({
    name: "vouchsafe_decision_node_seconds",
    help: "Time spent in each node of a decision's run.",
    labelNames: ["node"],
    buckets: secondBuckets,
    registers,
  });
  const runFailures = new Counter({
    name: "vouchsafe_run_failures_total",
    help: "Runs that ended in a fault, by its code, and whether they are tried again.",
    labelNames: ["code", "fate"],
    registers,
  });
  const requests = new Counter({
    name: "vouchsafe_http_requests_total",
    help: "HTTP requests answered, by route pattern and status.",
    labelNames: ["method", "route", "status"],
    registers,
  });
  const requestSeconds = new Histogram({
    name: "vouchsafe_http_request_seconds",
    help: "Time to answer an HTTP request, by route pattern.",
    labelNames: ["method", "route"],
    buckets: secondBuckets,
    registers,
  });
  const replays = new Counter({
    name: "vouchsafe_replays_total",
    help: "Decisions that were run again, by how they came out; unexplained is the alarm.",
    labelNames: ["outcome"],
    registers,
  });
  const readers = new Gauge({ name: "vouchsafe_stream_readers", help: "Open readers of the live stream.", registers });
  const streamEnds = new Counter({
    name: "vouchsafe_stream_ends_total",
    help: "Live streams that ended, by the reason.",
    labelNames: ["why"],
    registers,
  });
  const spans = new Counter({
    name: "vouchsafe_trace_spans_total",
    help: "Trace spans handed to the OTLP endpoint, by what became of them.",
    labelNames: ["result"],
    registers,
  });
  const findings = makeTally();
  new Counter({
    name: "vouchsafe_findings_total",
    help: "What the rules said of the plans that decisions rest with.",
    labelNames: ["rule", "effect"],
    registers,
    collect() {
      this.reset();
      findings.each((rule, effect, count) => this.inc({ rule, effect }, count));
    },
  });
  const rejections = makeTally();
  new Counter({
    name: "vouchsafe_candidates_rejected_total",
    help: "Candidates that a rule stood in the way of, by rule.",
    labelNames: ["rule"],
    registers,
    collect() {
      this.reset();
      rejections.each((rule, _, count) => this.inc({ rule }, count));
    },
  });

  const playbookLabel = (playbook: DecisionRested["playbook"]) => {
    if (playbook === null) return "none";
    return playbooks.has(playbook.id) ? playbook.id : "other";
  };
  const metrics: Metrics = {
    decisionRested(rested) {
      decisions.inc({ status: rested.status, playbook: playbookLabel(rested.playbook) });
      decisionSeconds.observe(rested.ms / 1000);
      for (const [node, ms] of Object.entries(rested.nodesMs)) nodeSeconds.observe({ node }, ms / 1000);
      for (const { rule, effect } of rested.findings) findings.add(rule, effect);
      for (const rule of rested.rejections) rejections.add(rule, "");
    },
    runFailed: ({ code, fate }) => runFailures.inc({ code, fate }),
    requestServed({ method, route, status, ms }) {
      requests.inc({ method, route, status });
      requestSeconds.observe({ method, route }, ms / 1000);
    },
    decisionReplayed: (outcome) => replays.inc({ outcome }),
    streamOpened: () => readers.inc(),
    streamClosed(why) {
      readers.dec();
      streamEnds.inc({ why });
    },
    spansExported: ({ count, result }) => spans.inc({ result }, count),
  };

  const collectLevels = makeLevelCollector({ ...deps, registry });
  const scrape = async () => {
    await collectLevels();
    return registry.metrics();
  };
  let scraping: Promise<string> | null = null;
  return {
    metrics,
    page: {
      contentType: registry.contentType,
      // Two scrapers at once share one reading.
      text() {
        scraping ??= scrape().finally(() => {
          scraping = null;
        });
        return scraping;
      },
    },
  };
}

/** From half a millisecond (a slot) to ten seconds (a wait that `Prefer` asked for is at most thirty). */
const secondBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
