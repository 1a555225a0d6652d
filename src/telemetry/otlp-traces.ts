import { type HrTime, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BasicTracerProvider,
  BatchSpanProcessor,
  type Sampler,
  TraceIdRatioBasedSampler,
} from "@opentelemetry/sdk-trace-base";
import { ATTR_ERROR_TYPE, ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from "@opentelemetry/semantic-conventions";
import {
  ATTR_GEN_AI_AGENT_NAME,
  ATTR_GEN_AI_AGENT_VERSION,
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_TOOL_NAME,
  ATTR_GEN_AI_TOOL_TYPE,
  GEN_AI_OPERATION_NAME_VALUE_EXECUTE_TOOL,
  GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT,
} from "@opentelemetry/semantic-conventions/incubating";
import { readTraceparent } from "../domain/traceparent.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Logger, Metrics, RunTrace, TraceStep, Traces } from "./telemetry.ts";
import { watchExports } from "./watch-exports.ts";

export interface OtlpOptions {
  /** The collector's base address; `/v1/traces` is added. */
  readonly endpoint: string;
  readonly serviceName: string;
  readonly version: string;
  readonly sampler: "always_on" | "always_off" | "traceidratio";
  /** Share of decisions traced, 0 to 1, for `traceidratio`. */
  readonly ratio: number;
  readonly clock: Clock;
  readonly logger: Pick<Logger, "warn">;
  readonly metrics: Pick<Metrics, "spansExported">;
}

/**
 * Decisions as OpenTelemetry traces over OTLP/HTTP, named by the semantic conventions for generative AI: the run is an
 * `invoke_agent` span, its nodes are spans under it, tool calls `execute_tool` spans under their node. Spans are made of
 * a finished run and parents are passed on explicitly, so no context rides along while it runs: an AsyncLocalStorage
 * slows every promise on Node 20. A collector that does not answer costs spans, never a decision.
 */
export function makeOtlpTraces(options: OtlpOptions): Traces {
  const url = `${options.endpoint.replace(/\/+$/, "")}/v1/traces`;
  const exporter = watchExports(new OTLPTraceExporter({ url, timeoutMillis: exportTimeoutMs }), options);
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({
      [ATTR_SERVICE_NAME]: options.serviceName,
      [ATTR_SERVICE_VERSION]: options.version,
    }),
    sampler: samplerFor(options),
    spanProcessors: [new BatchSpanProcessor(exporter, batching)],
  });
  const tracer = provider.getTracer("vouchsafe", options.version);
  return {
    ran: (run) => addSpans(tracer, run, options.version),
    async close() {
      await provider.shutdown().catch(() => {});
    },
  };
}

const exportTimeoutMs = 5000;
/** A dozen spans a decision: room for some seconds of full load while the collector is slow. */
const batching = { maxQueueSize: 16_384, maxExportBatchSize: 1024, scheduledDelayMillis: 2000 };

/** Every decision begins a trace, so what the specification bases on a parent comes down to its root. */
function samplerFor({ sampler, ratio }: OtlpOptions): Sampler {
  switch (sampler) {
    case "always_on":
      return new AlwaysOnSampler();
    case "always_off":
      return new AlwaysOffSampler();
    case "traceidratio":
      return new TraceIdRatioBasedSampler(ratio);
  }
}

function addSpans(tracer: Tracer, run: RunTrace, version: string): void {
  const at = (ms: number): HrTime => toHrTime(run.startedAt + ms);
  const root = tracer.startSpan(
    `${GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT} ${agent}`,
    {
      root: true,
      kind: SpanKind.INTERNAL,
      startTime: at(0),
      links: linksOf(run),
      attributes: {
        [ATTR_GEN_AI_OPERATION_NAME]: GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT,
        [ATTR_GEN_AI_PROVIDER_NAME]: agent,
        [ATTR_GEN_AI_AGENT_NAME]: agent,
        [ATTR_GEN_AI_AGENT_VERSION]: version,
        [ATTR_GEN_AI_CONVERSATION_ID]: run.decisionId,
        "vouchsafe.decision.status": run.status,
        "vouchsafe.decision.attempt": run.attempt,
        ...(run.playbook !== null && { "vouchsafe.playbook": run.playbook }),
        ...(run.planner !== null && { "vouchsafe.planner": run.planner }),
      },
    },
    ROOT_CONTEXT,
  );
  if (root.isRecording()) {
    const spans: Span[] = [];
    for (const step of run.steps) {
      const parent = (step.parent === null ? undefined : spans[step.parent]) ?? root;
      const span = tracer.startSpan(
        step.kind === "tool" ? `${GEN_AI_OPERATION_NAME_VALUE_EXECUTE_TOOL} ${step.name}` : step.name,
        { kind: SpanKind.INTERNAL, startTime: at(step.fromMs), attributes: attributesOf(step) },
        trace.setSpan(ROOT_CONTEXT, parent),
      );
      if (step.error !== null) span.setStatus({ code: SpanStatusCode.ERROR });
      spans.push(span);
    }
    // Once all have begun: a span takes nothing more after its end.
    for (const [index, step] of run.steps.entries()) spans[index]?.end(at(step.toMs));
  }
  if (run.status === "fault") root.setStatus({ code: SpanStatusCode.ERROR });
  root.end(at(run.ms));
}

const agent = "vouchsafe";

function attributesOf({ kind, name, error }: TraceStep): Record<string, string> {
  const failed = error === null ? {} : { [ATTR_ERROR_TYPE]: error };
  if (kind === "node") return { "vouchsafe.node": name, ...failed };
  return {
    [ATTR_GEN_AI_OPERATION_NAME]: GEN_AI_OPERATION_NAME_VALUE_EXECUTE_TOOL,
    [ATTR_GEN_AI_TOOL_NAME]: name,
    [ATTR_GEN_AI_TOOL_TYPE]: "function",
    ...failed,
  };
}

/** The request that brought the event has ended long since, or waits: a link, not a parent. */
function linksOf({ traceparent }: RunTrace) {
  const origin = traceparent === null ? null : readTraceparent(traceparent);
  if (origin === null) return [];
  return [{ context: { traceId: origin.traceId, spanId: origin.spanId, traceFlags: origin.flags, isRemote: true } }];
}

/** Given as seconds and nanoseconds: the SDK takes a small number of milliseconds for one since the process began. */
function toHrTime(ms: number): HrTime {
  const seconds = Math.floor(ms / 1000);
  return [seconds, Math.round((ms - seconds * 1000) * 1e6)];
}
