import { expect, it } from "vitest";
import { z } from "zod";
import { parseEnvelope, timeLimits } from "./envelope.ts";
import { makeUpcaster, makeUpcasters, upcasters } from "./upcasters.ts";

const step = (from: string, to: string) => makeUpcaster(from, to, z.strictObject({}), (data) => data);

/** As if stage changes had been reported in days of old as `stage`, and before that as a list. */
const renamed = makeUpcaster(
  "lead.stage-changed.v0",
  "lead.stage-changed.v1",
  z.strictObject({ stage: z.string() }),
  ({ stage }) => ({ to: stage }),
);
const listed = makeUpcaster("lead.stage-changed.alpha", "lead.stage-changed.v0", z.tuple([z.string()]), ([stage]) => ({
  stage,
}));
const registry = makeUpcasters([listed, renamed]);

const parse = (type: string, data: unknown) =>
  parseEnvelope({ specversion: "1.0", id: "1", source: "/crm", subject: "L-1", type, data }, 0, {
    terms: { problem: () => null },
    upcasters: registry,
    limits: timeLimits,
  });

it.each([
  ["lead.stage-changed.v1", { to: "decision" }],
  ["lead.stage-changed.v0", { stage: "decision" }],
  ["lead.stage-changed.alpha", ["decision"]],
])("reads %s as the newest version", (type, data) => {
  expect(parse(type, data)).toMatchObject({
    ok: true,
    event: { type: "lead.stage-changed.v1", data: { to: "decision" } },
    envelope: { type },
  });
});

it("is strict about the older version, and about what it becomes", () => {
  const fields = (type: string, data: unknown) => {
    const parsed = parse(type, data);
    return parsed.ok ? [] : parsed.fields.map(({ pointer }) => pointer);
  };
  expect(fields("lead.stage-changed.v0", { stage: "decision", more: 1 })).toEqual(["/data/more"]);
  expect(fields("lead.stage-changed.alpha", [1])).toEqual(["/data/0"]);
  expect(fields("lead.stage-changed.v0", { stage: "nonsense" })).toEqual(["/data/to"]);
});

it("names the versions it knows", () => {
  expect(parse("lead.stage-changed.v7", {})).toEqual({
    ok: false,
    fields: [
      {
        pointer: "/type",
        message: "this version is not known; known: lead.stage-changed.v0, lead.stage-changed.v1",
      },
    ],
  });
  expect(upcasters.newest("lead.stage-changed.v0")).toBeNull();
  expect(upcasters.newest("lead.stage-changed.v1")).toBe("lead.stage-changed.v1");
});

it.each([
  ["in a circle", [step("a", "b"), step("b", "a")]],
  ["nowhere", [step("a", "lead.created.v9")]],
  ["from the newest", [step("lead.created.v1", "lead.inactive.v1")]],
  ["two ways", [step("lead.created.v0", "lead.created.v1"), step("lead.created.v0", "lead.inactive.v1")]],
])("refuses a registry that leads %s", (_, steps) => {
  expect(() => makeUpcasters(steps)).toThrow(expect.objectContaining({ code: "config" }));
});
