import type { ChangeFeed, NumberedEntry } from "../audit/audit.ts";
import type { StreamEnd } from "../telemetry/telemetry.ts";
import type { StreamLimits } from "./http.ts";

export interface EventStreamOptions {
  readonly feed: ChangeFeed;
  /** The number after which to begin. */
  readonly after: number;
  /** The data of an entry as one line, or null for one that this reader did not ask for. */
  readonly dataOf: (entry: NumberedEntry) => string | null;
  /** Asked with every heartbeat; false ends the stream. */
  readonly isAllowed: () => Promise<boolean>;
  /** Called once, whatever ends it. */
  readonly onEnd: (why: StreamEnd, error?: unknown) => void;
  readonly limits: StreamLimits;
}

/**
 * The log as server-sent events (HTML, section 9.2), each under its number. A reader holds a place in the log and never
 * more than a buffer's worth of it: what does not come next by number, or came while it was reading slowly, is read from
 * the table. So nothing is left out or told twice, however the two ways meet.
 */
export function makeEventStream(options: EventStreamOptions): ReadableStream<Uint8Array> {
  const { feed, limits } = options;
  let cursor = options.after;
  let told = options.after;
  let fresh: NumberedEntry[] = [];
  let isBehind = true;
  let end: StreamEnd | null = null;
  let controller: ReadableStreamDefaultController<Uint8Array>;
  let wake: () => void = () => {};
  let stopListening: () => void = () => {};

  /** Resolves at the next word from anybody, or after `ms`. */
  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  const send = (text: string) => controller.enqueue(encoder.encode(text));
  const hasRoom = () => (controller.desiredSize ?? 0) > 0;

  function finish(why: StreamEnd, error?: unknown): void {
    if (end !== null) return;
    end = why;
    stopListening();
    if (why !== "left") {
      send(`event: stream.closed\ndata: ${JSON.stringify({ why, resumeAfter: told })}\n\n`);
      controller.close();
    }
    options.onEnd(why, error);
    wake();
  }

  async function run(): Promise<void> {
    stopListening = await feed.subscribe({
      onEntries(entries) {
        if (fresh.length + entries.length > mostFresh) {
          fresh = [];
          isBehind = true;
        } else fresh.push(...entries);
        wake();
      },
      onClosed: () => finish("draining"),
    });
    if (end !== null) return stopListening();
    // An id without data is remembered by the reader, and nothing is shown.
    send(`retry: ${retryMs}\nid: ${cursor}\n\n`);
    let heartbeatAt = performance.now() + limits.heartbeatMs;
    while (end === null) {
      if (isBehind || fresh.length > 0) await tellNext();
      else await pause(Math.max(1, heartbeatAt - performance.now()));
      if (end === null && !hasRoom()) await waitForRoom();
      if (end === null && performance.now() >= heartbeatAt) {
        await beat();
        heartbeatAt = performance.now() + limits.heartbeatMs;
      }
    }
  }

  async function tellNext(): Promise<void> {
    let entries: readonly NumberedEntry[];
    if (isBehind) {
      // Before the reading: what comes while it goes on is not forgotten.
      isBehind = false;
      entries = await feed.since(cursor, pageSize);
      isBehind ||= entries.length === pageSize;
    } else {
      entries = fresh;
      fresh = [];
    }
    if (end !== null) return;
    const frames: string[] = [];
    for (const entry of entries) {
      if (entry.seq <= cursor) continue;
      if (entry.seq !== cursor + 1) {
        isBehind = true;
        break;
      }
      cursor = entry.seq;
      const data = options.dataOf(entry);
      if (data === null) continue;
      told = cursor;
      frames.push(`id: ${entry.seq}\nevent: ${entry.kind}\ndata: ${data}\n\n`);
    }
    if (frames.length > 0) send(frames.join(""));
  }

  async function waitForRoom(): Promise<void> {
    const until = performance.now() + limits.stallMs;
    while (end === null && !hasRoom()) {
      const left = until - performance.now();
      if (left <= 0) return finish("slow");
      await pause(left);
    }
  }

  /** Keeps the connection open, and moves the reader's place on past what it did not ask for. */
  async function beat(): Promise<void> {
    if (!(await options.isAllowed())) return finish("revoked");
    if (end !== null) return;
    send(told < cursor ? `: still here\nid: ${cursor}\n\n` : ": still here\n\n");
    told = cursor;
  }

  return new ReadableStream<Uint8Array>(
    {
      start(opened) {
        controller = opened;
        run().catch((error: unknown) => finish("fault", error));
      },
      pull: () => wake(),
      cancel: () => finish("left"),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: limits.bufferBytes }),
  );
}

const encoder = new TextEncoder();
const pageSize = 256;
const mostFresh = 1024;
/** After which a browser dials again, in milliseconds. */
const retryMs = 3000;
