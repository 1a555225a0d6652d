import { z } from "zod";
import { nearest } from "../domain/nearest.ts";
import type { FieldProblem } from "./read-world.ts";

type Issue = z.core.$ZodIssue;

/** What a schema complains of, field by field; of several forms that a field may have, the one that it comes nearest. */
export function fieldProblems(issues: readonly Issue[], schema: z.ZodType, value: unknown): readonly FieldProblem[] {
  return issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({
        path: [...issue.path, key],
        message: unknownField(key, fieldsAt(schema, issue.path)),
      }));
    }
    if (issue.code === "invalid_union" && issue.errors.length > 0) {
      const inside = nearestForm(issue.errors).map((one) => ({ ...one, path: [...issue.path, ...one.path] }));
      return fieldProblems(inside, schema, value);
    }
    const isMissing = issue.code === "invalid_type" && valueAt(value, issue.path) === undefined;
    return [{ path: issue.path, message: isMissing ? `the field is missing (${issue.expected})` : issue.message }];
  });
}

/** Names the nearest field that there is, for one that a record's schema does not know. */
export function suggestField(schema: z.ZodType, path: readonly PropertyKey[]): string {
  return unknownField(String(path.at(-1)), fieldsAt(schema, path.slice(0, -1)));
}

function unknownField(key: string, known: readonly string[]): string {
  const [near] = nearest(key, known);
  if (near !== undefined) return `unknown field; did you mean ${near}?`;
  return known.length === 0 ? "unknown field" : `unknown field; there are ${known.join(", ")}`;
}

/** The form whose complaints lie deepest, then the one with the fewest. */
function nearestForm(forms: readonly (readonly Issue[])[]): readonly Issue[] {
  const depth = (issues: readonly Issue[]) => Math.max(...issues.map(({ path }) => path.length));
  const [best = []] = [...forms].sort((a, b) => depth(b) - depth(a) || a.length - b.length);
  return best;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== "object" || at === null) return undefined;
    at = Reflect.get(at, key);
  }
  return at;
}

const jsonSchema: z.ZodType<JsonSchema> = z.lazy(() =>
  z.object({
    properties: z.record(z.string(), jsonSchema).optional(),
    additionalProperties: z.union([jsonSchema, z.boolean()]).optional(),
    items: jsonSchema.optional(),
    anyOf: z.array(jsonSchema).optional(),
    oneOf: z.array(jsonSchema).optional(),
    allOf: z.array(jsonSchema).optional(),
  }),
);
interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>> | undefined;
  readonly additionalProperties?: JsonSchema | boolean | undefined;
  readonly items?: JsonSchema | undefined;
  readonly anyOf?: readonly JsonSchema[] | undefined;
  readonly oneOf?: readonly JsonSchema[] | undefined;
  readonly allOf?: readonly JsonSchema[] | undefined;
}

/** Names of the fields that a record at `path` may have. */
function fieldsAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const whole = jsonSchema.parse(z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" }));
  const found = path.reduce<readonly JsonSchema[]>(
    (at, key) => at.flatMap((one) => childrenOf(one, key)),
    forms(whole),
  );
  return [...new Set(found.flatMap(({ properties = {} }) => Object.keys(properties)))];
}

function childrenOf({ properties, additionalProperties, items }: JsonSchema, key: PropertyKey): readonly JsonSchema[] {
  if (typeof key === "number") return items ? forms(items) : [];
  const child = properties?.[String(key)] ?? additionalProperties;
  return typeof child === "object" ? forms(child) : [];
}

function forms(schema: JsonSchema): readonly JsonSchema[] {
  const { anyOf = [], oneOf = [], allOf = [] } = schema;
  return [schema, ...[...anyOf, ...oneOf, ...allOf].flatMap(forms)];
}
