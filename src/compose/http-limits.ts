import type { Config } from "../config.ts";
import type { HttpLimits } from "../http/http.ts";

export function httpLimits(config: Config): HttpLimits {
  return {
    bodyBytes: 1_048_576,
    allowedOrigins: config.allowedOrigins,
    tokenTtlMs: config.tokenTtlMs,
    streamReaders: config.streamReaders,
    stream: { stallMs: 30_000, heartbeatMs: 15_000, bufferBytes: 65_536 },
    areMetricsOpen: config.areMetricsOpen,
  };
}
