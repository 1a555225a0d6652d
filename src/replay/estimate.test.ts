import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bootstrap, estimateOutcome, type Sample, weightedRate, wilson } from "./estimate.ts";

const samples = (n: number, happened: number, propensity = 1): Sample[] =>
  Array.from({ length: n }, (_, i) => ({ propensity, happened: i < happened }));

/** Park and Miller's minimal generator (1988). */
function uniform(seed: number): () => number {
  let state = seed + 1;
  for (let i = 0; i < 10; i++) state = (state * 48_271) % 2_147_483_647;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** A pilot over a population whose lead part clicks more: what is logged inside, with the share it was drawn by. */
function simulatedLog(seed: number, size: number) {
  const draw = uniform(seed);
  const log: Sample[] = [];
  for (let i = 0; i < size; i++) {
    const isEager = i % 2 === 0;
    // The eager half was piloted with a small share, the other published to all.
    const propensity = isEager ? 0.25 : 1;
    if (draw() >= propensity) continue;
    log.push({ propensity, happened: draw() < (isEager ? 0.6 : 0.2) });
  }
  return log;
}

describe("the weighted rate", () => {
  it("is the plain share where the log takes one action each time", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1 }), (all) => {
        const rate = weightedRate(all.map((happened) => ({ propensity: 1, happened })));
        expect(rate).toBeCloseTo(all.filter(Boolean).length / all.length, 12);
      }),
    );
  });

  it("finds the rate of the whole population in a log that took the action for a part of it", () => {
    const rates = Array.from({ length: 200 }, (_, seed) => weightedRate(simulatedLog(seed, 400)));
    const mean = rates.reduce((sum, one) => sum + one, 0) / rates.length;
    // Half of them click with 0.6, half with 0.2; the plain share of the log is near 0.28.
    expect(mean).toBeGreaterThan(0.385);
    expect(mean).toBeLessThan(0.415);
  });
});

describe("the interval", () => {
  it("holds the true rate in about 95 of 100 logs", () => {
    let held = 0;
    for (let seed = 1000; seed < 1100; seed++) {
      const { low, high } = bootstrap(simulatedLog(seed, 300));
      if (low <= 0.4 && 0.4 <= high) held++;
    }
    expect(held).toBeGreaterThanOrEqual(88);
  });

  it("is Wilson's for plain shares", () => {
    const { low, high } = wilson(samples(100, 10));
    expect(low).toBeCloseTo(0.0552, 3);
    expect(high).toBeCloseTo(0.1744, 3);
    expect(wilson(samples(50, 0)).low).toBe(0);
    expect(wilson(samples(50, 50)).high).toBeCloseTo(1, 9);
  });

  it("is around the rate, and the same each time", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.double({ min: 0.05, max: 1, noNaN: true }), (happened, p) => {
        const drawn = samples(40, happened, p);
        const { low, high } = bootstrap(drawn);
        expect(low).toBeLessThanOrEqual(weightedRate(drawn) + 1e-9);
        expect(high).toBeGreaterThanOrEqual(weightedRate(drawn) - 1e-9);
        expect(bootstrap(drawn)).toEqual({ low, high });
      }),
      { numRuns: 20 },
    );
  });
});

describe("what is said", () => {
  const given = (change: Partial<Parameters<typeof estimateOutcome>[0]> = {}) =>
    estimateOutcome({
      outcome: "clicked",
      log: samples(100, 20).map(({ happened }) => happened),
      matched: samples(100, 20),
      supported: 100,
      unsupported: 0,
      ...change,
    });

  it("is the observed rate where nothing changes", () => {
    const { observed, estimated, bounds } = given();
    expect(observed).toEqual({ rate: 0.2, decisions: 100 });
    expect(estimated).toMatchObject({ rate: 0.2, method: "unweighted-wilson", decisions: 100 });
    expect(bounds).toEqual({ low: estimated?.low, high: estimated?.high });
  });

  it("bounds what the log never did by never and always", () => {
    const { estimated, bounds, words } = given({ supported: 50, unsupported: 50 });
    expect(bounds?.low).toBeCloseTo(0.5 * (estimated?.low ?? 0), 3);
    expect(bounds?.high).toBeCloseTo(0.5 * (estimated?.high ?? 0) + 0.5, 3);
    expect(words).toContain("50 of 100");
  });

  it("weighs a pilot", () => {
    const { estimated } = given({ matched: [...samples(20, 10, 0.5), ...samples(20, 0, 1)] });
    expect(estimated).toMatchObject({ method: "self-normalised-ips-bootstrap", rate: 0.3333 });
  });

  it("is nothing where too few would be the same, and where the outcome was never reported", () => {
    expect(given({ matched: samples(29, 5) })).toMatchObject({
      estimated: null,
      bounds: null,
      words: expect.stringMatching(/^No estimate: 29 /),
    });
    expect(given({ log: [false, false] }).words).toContain("may not be reported at all");
    expect(given({ log: [], matched: [] }).observed).toBeNull();
  });
});
