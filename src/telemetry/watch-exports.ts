import type { SpanExporter } from "@opentelemetry/sdk-trace-base";
import type { Clock } from "../runtime/runtime.ts";
import type { Logger, Metrics } from "./telemetry.ts";

/** The same exporter, which counts what became of the spans and warns of failures, once a minute at most. */
export function watchExports(
  exporter: SpanExporter,
  deps: {
    readonly clock: Clock;
    readonly logger: Pick<Logger, "warn">;
    readonly metrics: Pick<Metrics, "spansExported">;
  },
): SpanExporter {
  let lost = 0;
  let warnedAt = Number.NEGATIVE_INFINITY;

  function failed(count: number, err: unknown): void {
    lost += count;
    const now = deps.clock.now();
    if (now - warnedAt < intervalMs) return;
    deps.logger.warn({ err, spans: lost }, "traces could not be sent to OTEL_EXPORTER_OTLP_ENDPOINT; decisions go on");
    warnedAt = now;
    lost = 0;
  }

  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        const isSent = result.code === exportSucceeded;
        deps.metrics.spansExported({ count: spans.length, result: isSent ? "exported" : "failed" });
        if (!isSent) failed(spans.length, result.error);
        done(result);
      });
    },
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}

const intervalMs = 60_000;
/** `ExportResultCode.SUCCESS` of @opentelemetry/core, which nothing else here needs. */
const exportSucceeded = 0;
