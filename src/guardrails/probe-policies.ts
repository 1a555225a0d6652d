import { type CedarValueJson, type Context, schemaToJson } from "@cedar-policy/cedar-wasm/nodejs";
import type { PolicyProblem } from "../domain/policy-problem.ts";
import { makeCedarEngine } from "./cedar-engine.ts";
import type { PolicyFiles } from "./policy-files.ts";
import type { RulePolicy } from "./rule-policy.ts";

/**
 * Tries each policy on made-up placements, of the values that it names itself and some beside them, and says which fired
 * on none, or on all. That is a sign of a mistake and no proof, so it is a warning.
 */
export function probePolicies(rules: readonly RulePolicy[], pack: PolicyFiles): readonly PolicyProblem[] {
  const type = contextType(pack.schema);
  return rules.flatMap((rule) => {
    const engine = makeCedarEngine({ schema: pack.schema, base: pack.base, rules: [rule] });
    const draw = makeDraw();
    const values = valuesIn(rule.text);
    const seen = { fired: false, silent: false };
    for (let probe = 0; probe < probes && !(seen.fired && seen.silent); probe++) {
      const answer = engine.answer(recordOf(type, values, draw));
      if ("fired" in answer) seen[answer.fired.length > 0 ? "fired" : "silent"] = true;
    }
    const warn = (message: string) => [{ file: rule.file, line: rule.line, rule: rule.key, message }];
    if (!seen.fired) return warn(`it fired on none of ${probes} made-up placements; is a value in it misspelt?`);
    if (!seen.silent) return warn(`it fired on all of ${probes} made-up placements; does it ask for anything?`);
    return [];
  });
}

/** With two thousand a condition that one in four hundred meets is missed once in a hundred and fifty times. */
const probes = 2000;

type Type =
  | { readonly kind: "string" | "long" | "bool" }
  | { readonly kind: "set"; readonly of: Type }
  | { readonly kind: "record"; readonly fields: readonly Field[] };
interface Field {
  readonly name: string;
  readonly type: Type;
  readonly isOptional: boolean;
}
type RecordType = Extract<Type, { kind: "record" }>;

interface Values {
  readonly strings: readonly string[];
  readonly numbers: readonly number[];
}

/** Strings and whole numbers as the policy has them, with the neighbours of each number. */
function valuesIn(text: string): Values {
  const code = text.slice(Math.max(0, text.search(/\b(forbid|permit)\s*\(/)));
  const strings = [...code.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, inner = ""]) => inner);
  const numbers = [...code.replace(/"(?:[^"\\]|\\.)*"/g, "").matchAll(/-?\b\d{1,15}\b/g)].map(([digits]) =>
    Number(digits),
  );
  return {
    strings: [...new Set([...strings, "other"])],
    numbers: [...new Set([0, 1, ...numbers.flatMap((one) => [one - 1, one, one + 1])])],
  };
}

function recordOf({ fields }: RecordType, values: Values, draw: Draw): Context {
  const record: Record<string, CedarValueJson> = {};
  for (const { name, type, isOptional } of fields)
    if (!isOptional || draw(4) > 0) record[name] = drawn(type, values, draw);
  return record;
}

function drawn(type: Type, values: Values, draw: Draw): CedarValueJson {
  switch (type.kind) {
    case "string":
      return values.strings[draw(values.strings.length)] ?? "other";
    case "long":
      return values.numbers[draw(values.numbers.length)] ?? 0;
    case "bool":
      return draw(2) === 1;
    case "set":
      return Array.from({ length: draw(4) }, () => drawn(type.of, values, draw));
    case "record":
      return recordOf(type, values, draw);
  }
}

type Draw = (below: number) => number;

/** The same row each time, so that a warning comes again: Numerical Recipes' generator, of which the upper bits are used. */
function makeDraw(): Draw {
  let state = 20_261_125;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function contextType(schema: string): RecordType {
  const answer = schemaToJson(schema);
  if (answer.type === "failure") return { kind: "record", fields: [] };
  const namespace = answer.json[""];
  const commons = namespace?.commonTypes ?? {};
  const context: unknown = namespace?.actions.publish?.appliesTo?.context;
  const found = typeOf(context, commons);
  return found?.kind === "record" ? found : { kind: "record", fields: [] };
}

/** The types that the schema uses; null for any other, whose field is then left out. */
function typeOf(given: unknown, commons: Readonly<Record<string, unknown>>): Type | null {
  if (typeof given !== "object" || given === null || !("type" in given)) return null;
  switch (given.type) {
    case "EntityOrCommon":
    case "String":
    case "Long":
    case "Boolean":
      return "name" in given && typeof given.name === "string"
        ? named(given.name, commons)
        : named(given.type, commons);
    case "Set": {
      const of = "element" in given ? typeOf(given.element, commons) : null;
      return of && { kind: "set", of };
    }
    case "Record": {
      const attributes = "attributes" in given && typeof given.attributes === "object" ? given.attributes : null;
      const fields = Object.entries(attributes ?? {}).flatMap(([name, attribute]): Field[] => {
        const type = typeOf(attribute, commons);
        const isOptional = "required" in Object(attribute) && Object(attribute).required === false;
        return type ? [{ name, type, isOptional }] : [];
      });
      return { kind: "record", fields };
    }
    default:
      return null;
  }
}

function named(name: string, commons: Readonly<Record<string, unknown>>): Type | null {
  switch (name.replace(/^__cedar::/, "")) {
    case "String":
      return { kind: "string" };
    case "Long":
      return { kind: "long" };
    case "Bool":
    case "Boolean":
      return { kind: "bool" };
    default:
      return typeOf(commons[name], commons);
  }
}
