import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Decision } from "../src/domain/decision.ts";
import { openPipeline, type Pipeline } from "./support/hostile/pipeline.ts";
import { type HostileRun, hostileRuns, planKinds } from "./support/hostile/plans.ts";
import { judgePublished, type LeaveGiven } from "./support/judge/published.ts";
import { makeRecordReader } from "./support/judge/records.ts";
import { longestMs, runsOf, seed, tellProgress } from "./support/seed.ts";

// The whole product from event to publication, with a planner in it that is wrong, or hostile, or does whatever the texts
// it reads tell it to, and a person who answers carelessly. What was published is judged by the records alone.

const runs = runsOf({ full: 10_000, short: 1000 });
const runsPerWorld = 2500;

const came = new Map<string, number>();
const timesOf = (key: string) => came.get(key) ?? 0;

beforeAll(async () => {
  for (let done = 0; done < runs; done += runsPerWorld) {
    const pipeline = await openPipeline({ seed: `graph-${done}` });
    await fc.assert(fc.asyncProperty(hostileRuns, makeRunOnce(pipeline)), {
      seed: seed + done,
      numRuns: Math.min(runsPerWorld, runs - done),
    });
    await pipeline.world.close();
    tellProgress(Math.min(runs, done + runsPerWorld), runs, "hostile runs");
  }
}, longestMs);

/** Runs one event to its end, and judges all that came of it. */
function makeRunOnce({ world, run: runEvent }: Pipeline): (run: HostileRun) => Promise<void> {
  const records = makeRecordReader(world.vouchsafe);
  const spent = new Set<string>();
  const judged = new Set<string>();
  return async (run) => {
    world.runtime.advance(1 + ((run.lead * 7919) % 7_200_000));
    const since = world.runtime.clock.now();
    const ofDecisions: string[] = [];
    const judgeNew = async (leaves: readonly LeaveGiven[]) => {
      for (const one of await records.publishedSince(since)) {
        if (judged.has(one.publicationId)) continue;
        judged.add(one.publicationId);
        ofDecisions.push(one.decisionId);
        const against = await judgePublished(records, one, leaves, spent);
        if (against.length > 0) throw new Error(`published although\n${against.join("\n")}\n${JSON.stringify(one)}`);
      }
    };
    const { decision, leaves, repair } = await runEvent(run, judgeNew);
    try {
      await judgeNew(leaves);
      // A decision whose question ran out publishes what nobody had to be asked about, while others run.
      const own = ofDecisions.filter((one) => one === decision.decisionId);
      if (own.length > 0 !== (decision.status === "published"))
        throw new Error(`${decision.status}, and ${own.length} publications`);
      note(run, decision);
    } finally {
      await repair();
    }
  };
}

function note(run: HostileRun, { status, approval }: Decision): void {
  const kinds = [status, `plan: ${run.kind}`, `during: ${run.during}`, ...(approval ? [`answer: ${run.answer}`] : [])];
  for (const kind of kinds) for (const key of [kind, `${kind}, ${status}`]) came.set(key, timesOf(key) + 1);
}

describe(`${runs} events to a hostile planner (seed ${seed})`, () => {
  it("lead to no publication that the independent judge finds against, and to many that may be", () => {
    expect(timesOf("published")).toBeGreaterThan(runs / 10);
    expect(timesOf("denied")).toBeGreaterThan(runs / 10);
  });

  it.each(planKinds)("are planned in every way: %s", (kind) =>
    expect(timesOf(`plan: ${kind}`)).toBeGreaterThan(runs / 50),
  );

  it.each(["anything", "half-typed", "never searched", "for another lead", "throws"])(
    "publish nothing by a plan that is none: %s",
    (kind) => expect(timesOf(`plan: ${kind}, published`)).toBe(0),
  );

  it.each(["honest", "chosen", "framed", "sure of itself", "unsure", "uses tools it has not"])(
    "are published by a plan that is one, whoever made it: %s",
    (kind) => expect(timesOf(`plan: ${kind}, published`)).toBeGreaterThan(0),
  );

  it("are put before a person, and what a person refused is published nowhere, as the judge has seen", () => {
    expect(timesOf("answer: approve, published")).toBeGreaterThan(0);
    expect(timesOf("answer: reject")).toBeGreaterThan(0);
  });
});
