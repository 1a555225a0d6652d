import { readWaiting } from "../approvals/waiting-levels.ts";
import type { NumberingLevels } from "../audit/audit.ts";
import type { OutboxLevels } from "../channels/channel.ts";
import { readOpen } from "../clearances/open-levels.ts";
import type { Backlog } from "../intake/intake.ts";
import type { Queries } from "../store/store.ts";
import type { Level, LevelReading } from "../telemetry/telemetry.ts";

/** What waits, where and for how long, as the rooms that own it read it: each a few steps along an index. */
export function queueLevels(deps: {
  readonly db: Queries;
  readonly backlog: Backlog;
  readonly outbox: OutboxLevels;
  readonly numbering: NumberingLevels;
  readonly running: () => number;
  readonly rulesetVersionAt: (now: number) => string;
  readonly overridesAt: (now: number) => number;
}): readonly Level[] {
  const { db, backlog, outbox, numbering } = deps;
  const age = (oldestAt: number | null, now: number) => (oldestAt === null ? 0 : Math.max(0, now - oldestAt) / 1000);
  return [
    gauge("vouchsafe_decisions_running", "Decisions that run now.", async () => deps.running()),
    {
      name: "vouchsafe_inbox_events",
      help: "Events in the inbox, by state; those that are done are not counted.",
      kind: "gauge",
      labelNames: ["state"],
      read: async () => (await backlog.counts(db)).map(({ state, count }) => ({ labels: { state }, value: count })),
    },
    gauge(
      "vouchsafe_inbox_oldest_seconds",
      "Age of the oldest event that nobody has begun, or that is overdue.",
      async (now) => (await backlog.oldestWaitMs(db, now)) / 1000,
    ),
    {
      name: "vouchsafe_outbox_deliveries",
      help: "Deliveries on their way, by channel and state.",
      kind: "gauge",
      labelNames: ["channel", "state"],
      read: async () => (await outbox.open(db)).map((one) => labelled(one, one.count)),
    },
    {
      name: "vouchsafe_outbox_oldest_seconds",
      help: "Age of the oldest delivery on its way, by channel and state.",
      kind: "gauge",
      labelNames: ["channel", "state"],
      read: async (now) => (await outbox.open(db)).map((one) => labelled(one, age(one.oldestAt, now))),
    },
    {
      name: "vouchsafe_deliveries_total",
      help: "Deliveries that came to an end since the start, by channel and end; counted 15 seconds after.",
      kind: "counter",
      labelNames: ["channel", "state"],
      read: async (now) => (await outbox.settled(db, now)).map((one) => labelled(one, one.count)),
    },
    gauge(
      "vouchsafe_approvals_waiting",
      "Questions that wait for a person.",
      async () => (await readWaiting(db)).count,
    ),
    gauge("vouchsafe_approvals_oldest_seconds", "Age of the oldest question that waits.", async (now) =>
      age((await readWaiting(db)).oldestAt, now),
    ),
    gauge(
      "vouchsafe_clearances_open",
      "Questions about asset versions that nobody has answered.",
      async () => (await readOpen(db)).count,
    ),
    gauge("vouchsafe_clearances_oldest_seconds", "Age of the oldest open question about a version.", async (now) =>
      age((await readOpen(db)).oldestAt, now),
    ),
    {
      name: "vouchsafe_ruleset_info",
      help: "1; which rules this process judges by.",
      kind: "gauge",
      labelNames: ["ruleset"],
      read: async (now) => [{ labels: { ruleset: deps.rulesetVersionAt(now) }, value: 1 }],
    },
    gauge(
      "vouchsafe_policy_overrides",
      "Overrides that stand: what is asked of a person in the place of a deny.",
      async (now) => deps.overridesAt(now),
    ),
    gauge("vouchsafe_audit_unnumbered_entries", "Entries of the log that have no number yet.", () =>
      numbering.unnumbered(db),
    ),
    gauge(
      "vouchsafe_audit_lag_seconds",
      "Age of the oldest entry without a number.",
      async (now) => (await numbering.lagMs(db, now)) / 1000,
    ),
  ];
}

function gauge(name: string, help: string, read: (now: number) => Promise<number>): Level {
  const only = async (now: number): Promise<readonly LevelReading[]> => [{ labels: {}, value: await read(now) }];
  return { name, help, kind: "gauge", labelNames: [], read: only };
}

function labelled({ channel, state }: { channel: string; state: string }, value: number): LevelReading {
  return { labels: { channel, state }, value };
}
