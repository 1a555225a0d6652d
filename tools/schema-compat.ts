import { isDeepStrictEqual } from "node:util";
import type { SchemaUse } from "../src/domain/json-schemas.ts";

/** The part of JSON Schema that our records use. Another keyword is refused, so that no change slips past unread. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly propertyNames?: JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly format?: string;
  readonly [keyword: string]: unknown;
}

/**
 * What a change of a published schema would break, in words with the path to the field; empty: it is compatible.
 * A record that callers write must still be accepted as it was; one that they read must still be what they knew
 * (new fields aside). It is the same question twice: is everything that the one side sends taken by the other?
 */
export function breakages(use: SchemaUse, before: JsonSchema, after: JsonSchema): readonly string[] {
  return use === "write" ? notTaken(before, after, "") : notTaken(after, before, "");
}

/** Why some value that `sent` describes is not one that `taken` describes. Errs towards a complaint. */
function notTaken(sent: JsonSchema, taken: JsonSchema, path: string): readonly string[] {
  const unread = [...Object.keys(sent), ...Object.keys(taken)].find((keyword) => !keywords.has(keyword));
  if (unread !== undefined)
    return [`${at(path)}: the keyword "${unread}" is not compared; teach tools/schema-compat.ts`];
  const branches = sent.anyOf ?? sent.oneOf;
  if (branches) return branches.flatMap((branch) => notTaken({ ...rest(sent), ...branch }, taken, path));
  const choices = taken.anyOf ?? taken.oneOf;
  if (choices) return fewest(choices.map((choice) => notTaken(sent, { ...rest(taken), ...choice }, path)));
  return [
    ...valuesNotTaken(sent, taken, path),
    ...typesNotTaken(sent, taken, path),
    ...boundsNotTaken(sent, taken, path),
    ...textNotTaken(sent, taken, path),
    ...fieldsNotTaken(sent, taken, path),
    ...(taken.items ? notTaken(sent.items ?? {}, taken.items, `${path}/*`) : []),
  ];
}

function valuesNotTaken(sent: JsonSchema, taken: JsonSchema, path: string): readonly string[] {
  const allowed = valuesOf(taken);
  if (!allowed) return [];
  const given = valuesOf(sent);
  if (!given) return [`${at(path)}: any value against only ${JSON.stringify(allowed)}`];
  const lost = given.filter((value) => !allowed.some((other) => isDeepStrictEqual(value, other)));
  return lost.map((value) => `${at(path)}: the value ${JSON.stringify(value)} is on one side only`);
}

function typesNotTaken(sent: JsonSchema, taken: JsonSchema, path: string): readonly string[] {
  if (taken.type === undefined || valuesOf(taken)) return [];
  const allowed = [taken.type].flat();
  const given = sent.type === undefined ? ["any"] : [sent.type].flat();
  return given
    .filter((type) => !allowed.includes(type) && !(type === "integer" && allowed.includes("number")))
    .map((type) => `${at(path)}: type ${type} against ${allowed.join(" or ")}`);
}

function boundsNotTaken(sent: JsonSchema, taken: JsonSchema, path: string): readonly string[] {
  if (valuesOf(sent)) return [];
  const found: string[] = [];
  for (const [keyword, side] of bounds) {
    const limit = taken[keyword];
    if (typeof limit !== "number") continue;
    const given = sent[keyword];
    const within = typeof given === "number" && (side === "lower" ? given >= limit : given <= limit);
    if (!within) found.push(`${at(path)}: ${keyword} ${given ?? "none"} against ${limit}`);
  }
  return found;
}

function textNotTaken(sent: JsonSchema, taken: JsonSchema, path: string): readonly string[] {
  const values = valuesOf(sent);
  return (["pattern", "format"] as const)
    .filter((keyword) => taken[keyword] !== undefined && taken[keyword] !== sent[keyword])
    .filter(
      (keyword) =>
        !(keyword === "pattern" && values?.every((value) => new RegExp(taken.pattern ?? "").test(String(value)))),
    )
    .map((keyword) => `${at(path)}: ${keyword} ${sent[keyword] ?? "none"} against ${taken[keyword]}`);
}

function fieldsNotTaken(sent: JsonSchema, taken: JsonSchema, path: string): readonly string[] {
  const found: string[] = [];
  for (const name of taken.required ?? [])
    if (!sent.required?.includes(name)) found.push(`${at(`${path}/${name}`)}: required on one side, not on the other`);
  const names = new Set([...Object.keys(sent.properties ?? {}), ...Object.keys(taken.properties ?? {})]);
  for (const name of names) {
    const given = sent.properties?.[name] ?? openTo(sent);
    const wanted = taken.properties?.[name] ?? openTo(taken);
    if (!given) continue;
    if (wanted) found.push(...notTaken(given, wanted, `${path}/${name}`));
    else found.push(`${at(`${path}/${name}`)}: the field is on one side only`);
  }
  const isObject = sent.type === "object" || sent.properties !== undefined;
  const [others, othersTaken] = [openTo(sent), openTo(taken)];
  if (isObject && others && !othersTaken) found.push(`${at(path)}: unknown fields are taken on one side only`);
  if (isObject && others && othersTaken) found.push(...notTaken(others, othersTaken, `${path}/*`));
  if (taken.propertyNames) found.push(...notTaken(sent.propertyNames ?? {}, taken.propertyNames, `${path}/(name)`));
  return found;
}

/** The schema of fields that are not named; null when there may be none. */
function openTo(schema: JsonSchema): JsonSchema | null {
  if (schema.additionalProperties === false) return null;
  return typeof schema.additionalProperties === "object" ? schema.additionalProperties : {};
}

function valuesOf(schema: JsonSchema): readonly unknown[] | undefined {
  return "const" in schema ? [schema.const] : schema.enum;
}

function rest({ anyOf, oneOf, ...others }: JsonSchema): JsonSchema {
  return others;
}

function fewest(complaints: readonly (readonly string[])[]): readonly string[] {
  return complaints.reduce((least, next) => (next.length < least.length ? next : least));
}

function at(path: string): string {
  return path === "" ? "/" : path;
}

const bounds = [
  ["minimum", "lower"],
  ["exclusiveMinimum", "lower"],
  ["minLength", "lower"],
  ["minItems", "lower"],
  ["maximum", "upper"],
  ["exclusiveMaximum", "upper"],
  ["maxLength", "upper"],
  ["maxItems", "upper"],
] as const;
const shape = ["type", "properties", "required", "additionalProperties", "propertyNames", "items", "anyOf", "oneOf"];
const notes = ["$schema", "$id", "title", "description", "default"];
const keywords = new Set([...shape, "enum", "const", "pattern", "format", ...notes, ...bounds.map(([name]) => name)]);
