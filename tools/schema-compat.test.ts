import { describe, expect, it } from "vitest";
import { type SchemaUse, schemaUse } from "../src/domain/json-schemas.ts";
import { committedSchemas, schemaChanges } from "./committed-schemas.ts";
import { breakages, type JsonSchema } from "./schema-compat.ts";

const record: JsonSchema = {
  type: "object",
  properties: {
    id: { type: "string", minLength: 1, maxLength: 10, pattern: "^[a-z]+$" },
    kind: { type: "string", enum: ["a", "b"] },
    count: { type: "integer", minimum: 0, maximum: 9 },
    share: { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 },
    tags: { type: "array", items: { type: "string" }, minItems: 1, maxItems: 3 },
    end: { anyOf: [{ type: "string", format: "date-time" }, { type: "null" }] },
    limits: {
      type: "object",
      additionalProperties: { type: "integer" },
      propertyNames: { type: "string", enum: ["x"] },
    },
  },
  required: ["id"],
  additionalProperties: false,
};
const answer: JsonSchema = { ...record, additionalProperties: {} };

describe("what breaks those who write a record", () => {
  it.each<[string, JsonSchema, string]>([
    ["a new required field", { ...field("size", { type: "string" }), required: ["id", "size"] }, "/size"],
    ["a field that becomes required", { ...record, required: ["id", "kind"] }, "/kind"],
    ["a removed field", without("kind"), "/kind"],
    ["a value taken out of an enum", field("kind", { type: "string", enum: ["a"] }), "/kind"],
    ["an enum where there was none", field("id", { type: "string", enum: ["x"] }), "/id"],
    ["another type", field("count", { type: "string" }), "/count"],
    ["a narrower type", field("share", { type: "integer", exclusiveMinimum: 0, exclusiveMaximum: 1 }), "/share"],
    ["a higher minimum", field("count", { type: "integer", minimum: 1, maximum: 9 }), "/count"],
    ["a lower maximum", field("count", { type: "integer", minimum: 0, maximum: 8 }), "/count"],
    ["a tighter open bound", field("share", { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 0.5 }), "/share"],
    ["a shorter text", field("id", { type: "string", minLength: 1, maxLength: 9, pattern: "^[a-z]+$" }), "/id"],
    ["a new pattern", field("id", { type: "string", pattern: "^[a-y]+$" }), "/id"],
    ["fewer items", field("tags", { type: "array", items: { type: "string" }, maxItems: 2 }), "/tags"],
    ["narrower items", field("tags", { type: "array", items: { type: "string", maxLength: 5 } }), "/tags/*"],
    ["a branch that goes", field("end", { type: "string", format: "date-time" }), "/end"],
    ["a format on a branch", field("end", { anyOf: [{ type: "string", format: "date" }, { type: "null" }] }), "/end"],
    [
      "a narrower map",
      field("limits", { type: "object", additionalProperties: { type: "integer", maximum: 5 } }),
      "/limits/*",
    ],
  ])("%s", (_, after, pointer) => {
    const found = breakages("write", record, after);
    expect(found).not.toEqual([]);
    expect(found.every((words) => words.startsWith(pointer))).toBe(true);
  });

  it("refusing unknown fields that were kept", () => {
    expect(breakages("write", answer, record)).toContainEqual(expect.stringContaining("unknown fields"));
  });

  it.each<[string, JsonSchema]>([
    ["a new optional field", field("size", { type: "string" })],
    ["a field that is no longer required", { ...record, required: [] }],
    ["one more value", field("kind", { type: "string", enum: ["a", "b", "c"] })],
    ["a wider type", field("count", { type: "number", minimum: 0, maximum: 9 })],
    ["wider bounds", field("id", { type: "string", maxLength: 20 })],
    ["one more branch", field("end", { anyOf: [{ type: "string" }, { type: "null" }, { type: "number" }] })],
    ["other words about it", { ...record, description: "A record." }],
  ])("%s does not", (_, after) => {
    expect(breakages("write", record, after)).toEqual([]);
  });
});

describe("what breaks those who read a record", () => {
  it.each<[string, JsonSchema, string]>([
    ["a removed field", { ...without("kind"), additionalProperties: {} }, "/kind"],
    ["a field that becomes optional", { ...answer, required: [] }, "/id"],
    ["a value they do not know", open(field("kind", { type: "string", enum: ["a", "b", "c"] })), "/kind"],
    ["a wider type", open(field("count", { type: "number", minimum: 0, maximum: 9 })), "/count"],
    ["a null they do not expect", open(field("id", { anyOf: [{ type: "string" }, { type: "null" }] })), "/id"],
    ["an unknown branch", open(field("end", { anyOf: [{ type: "number" }, { type: "null" }] })), "/end"],
  ])("%s", (_, after, pointer) => {
    const found = breakages("read", answer, after);
    expect(found).not.toEqual([]);
    expect(found.every((words) => words.startsWith(pointer))).toBe(true);
  });

  it.each<[string, JsonSchema]>([
    ["a new field", open(field("size", { type: "string" }))],
    ["a field that is always there now", { ...answer, required: ["id", "kind"] }],
    ["a narrower value", open(field("kind", { type: "string", enum: ["a"] }))],
  ])("%s does not", (_, after) => {
    expect(breakages("read", answer, after)).toEqual([]);
  });
});

describe("discriminated unions", () => {
  const verdict = (names: readonly string[], extra: Record<string, JsonSchema> = {}): JsonSchema => ({
    oneOf: names.map((name) => ({
      type: "object",
      properties: { verdict: { type: "string", const: name }, ...extra },
      required: ["verdict"],
      additionalProperties: false,
    })),
  });
  it("may gain a branch for writers, not lose one", () => {
    expect(breakages("write", verdict(["yes"]), verdict(["yes", "no"]))).toEqual([]);
    expect(breakages("write", verdict(["yes", "no"]), verdict(["yes"]))).not.toEqual([]);
    expect(breakages("write", verdict(["yes"], { note: { type: "string" } }), verdict(["yes"]))).not.toEqual([]);
  });
});

it("does not let a keyword pass that it cannot compare", () => {
  expect(breakages("write", record, { ...record, dependentRequired: {} })).toContainEqual(
    expect.stringContaining("dependentRequired"),
  );
});

describe("the published schemas", () => {
  it("are the committed ones (else run `npm run schemas:write` and commit schemas/)", () => {
    expect(schemaChanges(committedSchemas())).toEqual([]);
  });

  it("are each compatible with themselves", () => {
    for (const [name, schema] of Object.entries(committedSchemas()))
      expect(breakages(schemaUse(name) ?? "write", schema, schema), name).toEqual([]);
  });

  it("are compared by their use: gone, new, changed, broken", () => {
    const use = (): SchemaUse => "write";
    const kinds = (before: Record<string, JsonSchema>, after: Record<string, JsonSchema>) =>
      schemaChanges(before, after, use).map(({ kind }) => kind);
    expect(kinds({ r: record }, {})).toEqual(["breaking"]);
    expect(kinds({}, { r: record })).toEqual(["new"]);
    expect(kinds({ r: record }, { r: field("size", { type: "string" }) })).toEqual(["changed"]);
    expect(kinds({ r: record }, { r: without("kind") })).toEqual(["breaking"]);
    expect(kinds({ r: record }, { r: record })).toEqual([]);
  });
});

function field(name: string, schema: JsonSchema): JsonSchema {
  return { ...record, properties: { ...record.properties, [name]: schema } };
}

function without(name: string): JsonSchema {
  return {
    ...record,
    properties: Object.fromEntries(Object.entries(record.properties ?? {}).filter(([other]) => other !== name)),
  };
}

function open(schema: JsonSchema): JsonSchema {
  return { ...schema, additionalProperties: {} };
}
