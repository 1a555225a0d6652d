import { Counter, Gauge, type Registry } from "prom-client";
import type { Clock } from "../runtime/runtime.ts";
import type { Level, Logger } from "./telemetry.ts";

/**
 * Reads every level into the registry, one after the other, giving way to other work in between. One that cannot be
 * read shows nothing until it can be again: an old figure would look like a current one.
 */
export function makeLevelCollector(deps: {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly logger: Pick<Logger, "warn">;
  readonly levels: readonly Level[];
}): () => Promise<void> {
  const registers = [deps.registry];
  const failures = new Counter({
    name: "vouchsafe_scrape_failures_total",
    help: "Figures that could not be read for a scrape, by metric.",
    labelNames: ["metric"],
    registers,
  });
  const shown = deps.levels.map((level) => {
    const { name, help, labelNames } = level;
    const settings = { name, help, labelNames: [...labelNames], registers };
    return { level, metric: level.kind === "gauge" ? new Gauge(settings) : new Counter(settings) };
  });
  return async () => {
    for (const { level, metric } of shown) {
      try {
        const readings = await level.read(deps.clock.now());
        metric.reset();
        for (const { labels, value } of readings) metric.inc({ ...labels }, value);
      } catch (error) {
        metric.reset();
        failures.inc({ metric: level.name });
        deps.logger.warn({ err: error, metric: level.name }, "a metric could not be read");
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
}
