import type { OutcomeEstimate } from "../domain/what-if-report.ts";

/** A decision of the log whose action is the one that the new policy takes. */
export interface Sample {
  /** The probability with which the log took that action: 1 where it follows from the facts, a pilot's share else. */
  readonly propensity: number;
  readonly happened: boolean;
}

export interface EstimateInput {
  readonly outcome: string;
  /** Of every published decision of the log: whether the outcome followed. */
  readonly log: readonly boolean[];
  readonly matched: readonly Sample[];
  /** Publishing decisions under the new policy: those the log can speak of, and those that it can't. */
  readonly supported: number;
  readonly unsupported: number;
}

/**
 * The rate of an outcome among the decisions that publish under a new policy, from what followed under the old one:
 * inverse propensity weights, self-normalised (Swaminathan and Joachims 2015), with a percentile bootstrap for the 95%
 * interval; where every weight is 1, the plain share with Wilson's interval. Under `leastSamples` nothing is said. What
 * the log never did may turn out either way: the bounds take it as never and as always (Manski 1990).
 */
export function estimateOutcome(input: EstimateInput): OutcomeEstimate {
  const { outcome, log, matched, supported, unsupported } = input;
  const count = log.filter(Boolean).length;
  const observed = log.length === 0 ? null : { rate: rounded(count / log.length), decisions: log.length };
  const none = (words: string): OutcomeEstimate => {
    return { outcome, observed, estimated: null, bounds: null, words: `No estimate: ${words}` };
  };
  if (count === 0)
    return none(`none of the published decisions was reported as ${outcome}, so it may not be reported at all.`);
  if (matched.length < leastSamples) {
    return none(`${matched.length} published decisions would be the same under the change; it takes ${leastSamples}.`);
  }
  const isPlain = matched.every(({ propensity }) => propensity === 1);
  const interval = isPlain ? wilson(matched) : bootstrap(matched);
  const rate = weightedRate(matched);
  const known = supported / (supported + unsupported);
  const estimated = {
    rate: rounded(rate),
    low: rounded(interval.low),
    high: rounded(interval.high),
    method: isPlain ? ("unweighted-wilson" as const) : ("self-normalised-ips-bootstrap" as const),
    decisions: matched.length,
  };
  const bounds = { low: rounded(known * interval.low), high: rounded(known * interval.high + 1 - known) };
  const words =
    unsupported === 0
      ? "Every decision that publishes under the change has its like in the log."
      : `${unsupported} of ${supported + unsupported} decisions that publish under the change do what the log never did: only the bounds hold for all.`;
  return { outcome, observed, estimated, bounds, words };
}

export const leastSamples = 30;

/** Σ happened ÷ p over Σ 1 ÷ p. */
export function weightedRate(samples: readonly Sample[]): number {
  let happened = 0;
  let all = 0;
  for (const one of samples) {
    all += 1 / one.propensity;
    if (one.happened) happened += 1 / one.propensity;
  }
  return all === 0 ? 0 : happened / all;
}

/** Wilson's score interval for a share (1927), 95%. */
export function wilson(samples: readonly Sample[]): { readonly low: number; readonly high: number } {
  const n = samples.length;
  const p = samples.filter(({ happened }) => happened).length / n;
  const centre = (p + z95 ** 2 / (2 * n)) / (1 + z95 ** 2 / n);
  const half = (z95 / (1 + z95 ** 2 / n)) * Math.sqrt((p * (1 - p)) / n + z95 ** 2 / (4 * n * n));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** The middle 95% of the rate over samples drawn with replacement; the same draws each time. */
export function bootstrap(samples: readonly Sample[]): { readonly low: number; readonly high: number } {
  const draw = makeDraws(20_261_125);
  const rates: number[] = [];
  for (let i = 0; i < redraws; i++) {
    const drawn = samples.map((one) => samples[Math.floor(draw() * samples.length)] ?? one);
    rates.push(weightedRate(drawn));
  }
  rates.sort((a, b) => a - b);
  return { low: rates[Math.floor(redraws * 0.025)] ?? 0, high: rates[Math.ceil(redraws * 0.975) - 1] ?? 1 };
}

const z95 = 1.959964;
const redraws = 1000;

/** Uniform in [0, 1): xorshift with 32 bits (Marsaglia 2003), from a fixed seed, so that a report can be made again. */
function makeDraws(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

function rounded(rate: number): number {
  return Math.round(rate * 10_000) / 10_000;
}
