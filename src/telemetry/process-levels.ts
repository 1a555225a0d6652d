import { type IntervalHistogram, monitorEventLoopDelay } from "node:perf_hooks";
import type { Level, LevelReading } from "./telemetry.ts";

const one = (value: number): readonly LevelReading[] => [{ labels: {}, value }];
const gauge = (name: string, help: string, read: () => number): Level => ({
  name,
  help,
  kind: "gauge",
  labelNames: [],
  read: async () => one(read()),
});

/**
 * Memory, processor time and event-loop delay, under the names that Prometheus' own clients use. `watchLoop` counts the
 * delay since the last reading; its timer (every 20 ms) runs from `start` to `stop`.
 */
export function makeProcessLevels(): { readonly levels: readonly Level[]; start(): void; stop(): void } {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  const startedAt = (performance.timeOrigin / 1000) | 0;
  const levels: Level[] = [
    gauge("process_resident_memory_bytes", "Resident memory.", () => process.memoryUsage.rss()),
    gauge("nodejs_heap_size_used_bytes", "Heap in use.", () => process.memoryUsage().heapUsed),
    gauge("nodejs_external_memory_bytes", "Memory outside the heap.", () => process.memoryUsage().external),
    gauge("process_start_time_seconds", "Start of the process, seconds since 1970.", () => startedAt),
    {
      name: "process_cpu_seconds_total",
      help: "Processor time, user and system.",
      kind: "counter",
      labelNames: ["mode"],
      read: async () => {
        const { user, system } = process.cpuUsage();
        return [
          { labels: { mode: "user" }, value: user / 1e6 },
          { labels: { mode: "system" }, value: system / 1e6 },
        ];
      },
    },
    {
      name: "nodejs_eventloop_delay_seconds",
      help: "Delay of the event loop since the last scrape: how late a timer came.",
      kind: "gauge",
      labelNames: ["quantile"],
      read: async () => readDelay(delay),
    },
  ];
  return { levels, start: () => void delay.enable(), stop: () => void delay.disable() };
}

const resolutionMs = 20;

/** What the timer's own period makes of it is taken off; nothing measured yet reads as no delay. */
function readDelay(delay: IntervalHistogram): readonly LevelReading[] {
  const seconds = (nanoseconds: number) => Math.max(0, nanoseconds / 1e9 - resolutionMs / 1000);
  const isEmpty = delay.count === 0;
  const readings = quantiles.map(([quantile, percent]) => ({
    labels: { quantile },
    value: isEmpty ? 0 : seconds(delay.percentile(percent)),
  }));
  const max = { labels: { quantile: "1" }, value: isEmpty ? 0 : seconds(delay.max) };
  delay.reset();
  return [...readings, max];
}

const quantiles = [
  ["0.5", 50],
  ["0.9", 90],
  ["0.99", 99],
] as const;
