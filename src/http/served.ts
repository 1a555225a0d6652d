import type { HttpDeps } from "./http.ts";

export interface Served {
  readonly requestId: string;
  readonly method: string;
  /** The pattern, never the address: addresses hold tokens. */
  readonly route: string;
  readonly status: number;
  /** As `performance.now()` had it when the request came. */
  readonly started: number;
  /** Ids of what the request was about, for the log line. */
  readonly about?: Readonly<Record<string, string>> | undefined;
}

/**
 * Counts an answered request and writes its line. Slots are asked for at every page view, and a line costs as much as
 * half of one: theirs are written at `debug`.
 */
export function makeServed({ metrics, logger }: Pick<HttpDeps, "metrics" | "logger">): (served: Served) => void {
  return ({ requestId, method, route, status, started, about }) => {
    const ms = performance.now() - started;
    metrics.requestServed({ method, route, status, ms });
    const level = route === slotRoute ? "debug" : "info";
    if (!logger.isLevelEnabled(level)) return;
    logger[level]({ requestId, method, route, status, ms: Math.round(ms * 100) / 100, ...about }, "request");
  };
}

export const slotRoute = "/v1/slots/{place}";
