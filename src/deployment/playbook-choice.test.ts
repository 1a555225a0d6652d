import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Playbook, playbook } from "../domain/playbook.ts";
import type { Moment } from "./deployment.ts";
import { choosePlaybook } from "./playbook-choice.ts";

const moment: Moment = {
  eventType: "lead.page-viewed.v1",
  stage: "evaluation",
  persona: "revops",
  path: "/pricing/eu",
};

describe("the playbook for a moment", () => {
  test("none matches: null", () => {
    expect(choosePlaybook([], moment)).toBeNull();
    expect(choosePlaybook([make("a", { eventTypes: ["lead.inactive.v1"] })], moment)).toBeNull();
  });

  test.each([
    ["stages", { stages: ["decision" as const] }, { stages: ["evaluation" as const] }],
    ["personas", { personas: ["finance"] }, { personas: ["revops"] }],
    ["pages", { pathContains: ["/docs"] }, { pathContains: ["/docs", "/pricing"] }],
  ])("%s must match where they are given", (_, other, matching) => {
    expect(choosePlaybook([make("a", other)], moment)).toBeNull();
    expect(choosePlaybook([make("a", matching)], moment)?.id).toBe("a");
  });

  test("an unknown persona does not match one that is asked for; a page view without a path matches no page", () => {
    expect(choosePlaybook([make("a", { personas: ["revops"] })], { ...moment, persona: null })).toBeNull();
    expect(choosePlaybook([make("a", { pathContains: ["/"] })], { ...moment, path: null })).toBeNull();
  });

  test("pages narrow page views only", () => {
    const books = [make("a", { eventTypes: ["lead.page-viewed.v1", "lead.inactive.v1"], pathContains: ["/docs"] })];
    expect(choosePlaybook(books, { ...moment, eventType: "lead.inactive.v1", path: null })?.id).toBe("a");
  });

  test("priority first, then the more specific, then the id", () => {
    const specific = make("z", { stages: ["evaluation"], personas: ["revops"] });
    const wide = make("b", { stages: ["evaluation"] });
    expect(choosePlaybook([wide, specific], moment)?.id).toBe("z");
    expect(choosePlaybook([{ ...wide, priority: 1 }, specific], moment)?.id).toBe("b");
    expect(choosePlaybook([wide, make("a", { personas: ["revops"] })], moment)?.id).toBe("a");
  });

  test("an older version is not used, even where only it would match", () => {
    const older = make("a", {}, 1);
    expect(choosePlaybook([make("a", {}, 10), older, make("a", {}, 9)], moment)?.version).toBe(10);
    expect(choosePlaybook([make("a", { stages: ["decision"] }, 2), older], moment)).toBeNull();
  });

  test("the order of the playbooks makes no difference", () => {
    const books = [
      make("a", {}),
      make("b", { personas: ["revops"] }),
      make("c", { stages: ["evaluation"] }),
      make("c", {}, 2),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(books, { minLength: books.length }), (shuffled) => {
        expect(choosePlaybook(shuffled, moment)?.id).toBe("b");
      }),
    );
  });
});

function make(id: string, when: Partial<Playbook["when"]>, version = 1): Playbook {
  return playbook.parse({
    id,
    version,
    title: id,
    when: { eventTypes: ["lead.page-viewed.v1"], ...when },
    intent: "build-credibility",
    prefer: {},
    touchpoints: [{ channel: "web", place: "p" }],
    cadence: { cap: { count: 1, window: "day" } },
    autonomy: { confidenceThreshold: 0.5 },
    mode: { kind: "full" },
  });
}
