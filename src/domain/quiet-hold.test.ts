import { expect, test } from "vitest";
import type { Finding } from "./finding.ts";
import { quietHold } from "./quiet-hold.ts";

const found = (rule: string, effect: Finding["effect"], until?: number): Finding => ({
  rule,
  effect,
  reason: rule,
  evidence: {},
  ...(until === undefined ? {} : { until }),
});
const quiet = found("contact.quiet-hours", "hold", 5);
const allowed = found("grant.valid", "allow");
const asked = found("asset.fresh", "review");

test("quiet hours alone say later, and what else was found still counts", () => {
  expect(quietHold([allowed, quiet, asked])).toEqual({ until: 5, rest: [allowed, asked] });
});

test.each([
  ["nothing holds", [allowed]],
  ["the cap holds as well", [quiet, found("contact.frequency", "hold", 9)]],
  ["only the cap holds", [found("contact.frequency", "hold", 9)]],
  ["it is not said until when", [found("contact.quiet-hours", "hold")]],
  ["nothing was found", []],
])("%s: no such hold", (_why, findings) => expect(quietHold(findings)).toBeNull());
