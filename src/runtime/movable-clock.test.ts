import { expect, it } from "vitest";
import { makeMovableClock } from "./movable-clock.ts";

it("runs with the machine's clock, as far ahead as it was moved, and never back", () => {
  let machine = 1000;
  const clock = makeMovableClock({ now: () => machine });
  expect([clock.now(), clock.aheadMs()]).toEqual([1000, 0]);
  clock.setAhead(500);
  machine += 1;
  expect([clock.now(), clock.aheadMs()]).toEqual([1501, 500]);
  clock.setAhead(500);
  for (const less of [499, -1, 0.5 + 500, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => clock.setAhead(less), String(less)).toThrow(expect.objectContaining({ code: "invalid" }));
  }
  expect(clock.aheadMs()).toBe(500);
});
