import type { Finding } from "./finding.ts";

/**
 * Quiet hours alone say "later", not "no": a message that they hold can be published now, to be sent when they end.
 * Until when (milliseconds UTC), and the findings without that hold, which still have to let it pass; null where
 * another rule holds it as well, or none does.
 */
export function quietHold(findings: readonly Finding[]): { until: number; rest: readonly Finding[] } | null {
  const held = findings.filter((found) => found.effect === "hold");
  const isQuietAlone = held.length > 0 && held.every((found) => found.rule === "contact.quiet-hours");
  const until = Math.max(...held.map((found) => found.until ?? Number.NaN));
  if (!isQuietAlone || !Number.isFinite(until)) return null;
  return { until, rest: findings.filter((found) => found.effect !== "hold") };
}
