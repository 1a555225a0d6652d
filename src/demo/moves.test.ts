import { describe, expect, it } from "vitest";
import { eventData } from "../domain/event.ts";
import { publicationId } from "../domain/ids.ts";
import { leadFacts } from "../domain/lead.ts";
import { stepMs } from "./clock-steps.ts";
import { describeEvent } from "./event-phrase.ts";
import { moveNames, moves } from "./moves.ts";
import { stories, storyNames } from "./stories.ts";

const now = Date.UTC(2026, 10, 24);
const context = {
  lead: leadFacts.parse({
    country: "DE",
    stage: "evaluation",
    opportunity: { id: "O-9", stage: "proposal", amountMinor: 100, currency: "EUR", openedAt: "2026-10-01T00:00:00Z" },
  }),
  site: "https://www.tidewise.example",
  now,
  shown: publicationId.parse("pub_01JD00000000000000000000AB"),
};

describe("a move", () => {
  it.each(moveNames)("%s is an event as its schema has it, and has words", (name) => {
    const event = moves[name].event(context);
    if (event === null) throw new Error("it is offered to this lead");
    expect(eventData[event.type].safeParse(event.data).error).toBeUndefined();
    const whole = { ...event, source: "/demo", id: "1", time: now, subject: "L-1" } as Parameters<
      typeof describeEvent
    >[0];
    expect(describeEvent(whole)).toMatch(/^[A-Z].{3,}/);
  });

  it("is not offered where it cannot happen", () => {
    const last = { ...context, lead: leadFacts.parse({ country: "DE", stage: "renewal" }), shown: null };
    expect(moveNames.filter((name) => moves[name].event(last) === null)).toEqual([
      "clicks-proof",
      "moves-on",
      "deal-moves",
    ]);
  });
});

it("says of an erased lead's event that it can't be read", () => {
  expect(describeEvent(null)).toContain("no longer");
});

it("steps an hour, a day, a week, or to the moment that is waited for while that lies ahead", () => {
  expect([stepMs("hour", now, null), stepMs("day", now, null), stepMs("week", now, null)]).toEqual([
    3_600_000, 86_400_000, 604_800_000,
  ]);
  expect(stepMs("until-wake", now, now + 5)).toBe(5);
  expect(stepMs("until-wake", now, now)).toBeNull();
  expect(stepMs("until-wake", now, null)).toBeNull();
});

it("tells five stories, each of which presses something", () => {
  expect(storyNames).toHaveLength(5);
  for (const name of storyNames) expect(stories[name].steps.some(({ press }) => press.kind === "move")).toBe(true);
});
