import { z } from "zod";
import { code } from "./markdown.ts";

/** What the reference reads of a JSON Schema; anything else in it is not shown. */
const node: z.ZodType<Node> = z.lazy(() =>
  z.object({
    type: z.union([z.string(), z.array(z.string())]).optional(),
    enum: z.array(z.unknown()).optional(),
    const: z.unknown().optional(),
    format: z.string().optional(),
    default: z.unknown().optional(),
    minLength: z.number().optional(),
    maxLength: z.number().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    minItems: z.number().optional(),
    maxItems: z.number().optional(),
    properties: z.record(z.string(), node).optional(),
    required: z.array(z.string()).optional(),
    items: node.optional(),
    anyOf: z.array(node).optional(),
    oneOf: z.array(node).optional(),
  }),
);

export interface Node {
  readonly type?: string | string[] | undefined;
  readonly enum?: unknown[] | undefined;
  readonly const?: unknown;
  readonly format?: string | undefined;
  readonly default?: unknown;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly properties?: Record<string, Node> | undefined;
  readonly required?: string[] | undefined;
  readonly items?: Node | undefined;
  readonly anyOf?: Node[] | undefined;
  readonly oneOf?: Node[] | undefined;
}

export function readSchema(schema: unknown): Node {
  return node.parse(schema);
}

/** One row a field, what is nested under its path: path, type with limits, whether it must be there, default. */
export function fieldRows(schema: Node, path = ""): string[][] {
  const rows: string[][] = [];
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const at = path === "" ? name : `${path}.${name}`;
    const required = schema.required?.includes(name) ? "yes" : "";
    rows.push([code(at), typeOf(field), required, field.default === undefined ? "" : code(short(field.default))]);
    rows.push(...below(field, at));
  }
  const cases = (schema.oneOf ?? schema.anyOf ?? []).filter((one) => one.properties);
  for (const one of cases) rows.push(...fieldRows(one, path === "" ? labelOf(one) : `${path} ${labelOf(one)}`.trim()));
  return rows;
}

function below(field: Node, at: string): string[][] {
  if (field.items) return below(field.items, `${at}[]`);
  return field.properties || field.oneOf || field.anyOf ? fieldRows(field, at) : [];
}

/** A case of a union is named by the constant that tells it apart. */
function labelOf({ properties }: Node): string {
  for (const [name, field] of Object.entries(properties ?? {})) {
    if (field.const !== undefined) return `(${name}: ${String(field.const)})`;
  }
  return "";
}

export function typeOf(field: Node): string {
  if (field.const !== undefined) return code(String(field.const));
  if (field.enum) return field.enum.map((value) => code(String(value))).join(", ");
  const cases = field.anyOf ?? field.oneOf;
  if (cases) return [...new Set(cases.map(typeOf))].join(" or ");
  const type = Array.isArray(field.type) ? field.type.join(" or ") : (field.type ?? "any");
  if (type === "array") return `list of ${field.items ? typeOf(field.items) : "any"}${limits(field)}`;
  return `${field.format ?? type}${limits(field)}`;
}

function limits(field: Node): string {
  const low = field.minLength ?? field.minItems ?? within(field.minimum);
  const high = field.maxLength ?? field.maxItems ?? within(field.maximum);
  if (low === undefined && high === undefined) return "";
  if (high === undefined) return ` (from ${low})`;
  return low === undefined ? ` (up to ${high})` : ` (${low} to ${high})`;
}

/** The bounds of a safe integer are JavaScript's, and say nothing of the field. */
function within(bound: number | undefined): number | undefined {
  return bound === undefined || Math.abs(bound) >= Number.MAX_SAFE_INTEGER ? undefined : bound;
}

function short(value: unknown): string {
  return JSON.stringify(value);
}
