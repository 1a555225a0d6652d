import { createHash } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import {
  type CheckParseAnswer,
  type Context,
  preparsePolicySet,
  preparseSchema,
  statefulIsAuthorized,
  validate,
} from "@cedar-policy/cedar-wasm/nodejs";
import { makeBoundedCache } from "../domain/bounded-cache.ts";
import { AppError } from "../domain/errors.ts";
import { attributesRead } from "./attributes-read.ts";

export interface CedarPolicies {
  readonly schema: string;
  readonly base: string;
  readonly rules: readonly { readonly key: string; readonly text: string }[];
}

// V8 11.3 (Node 20) aborts the process when a call into WebAssembly that it has inlined is deoptimised while it returns a
// reference, which every call into this engine does: after some thousand calls, and with no exception to catch.
setFlagsFromString("--no-turbo-inline-js-wasm-calls");

/** The keys of every forbid that fires, or what kept the engine from a whole answer. Never throws. */
export type CedarAnswer = { readonly fired: readonly string[] } | { readonly failure: string };

export interface CedarEngine {
  answer(context: Context): CedarAnswer;
}

/**
 * Parses the policies once and keeps them in the engine. Throws `config` when they don't parse or don't validate
 * against the schema, so that a broken rule stops the start instead of being skipped.
 *
 * Each policy is asked with the attributes that it reads and no others, together with those that read the same. A policy
 * is a pure function of these, so the answer is that to the whole; and since most of a question's cost is carrying its
 * context into the engine and checking it there, what repeats from lead to lead and from asset to asset is asked once.
 */
export function makeCedarEngine(policies: CedarPolicies): CedarEngine {
  // Several rulesets of a pack are the same but for their checks, and a set that is switched on again was there before.
  const name = digestOf(policies);
  const known = engines.get(name);
  if (known !== undefined) return known;
  const made = newEngine(policies);
  engines.set(name, made, 1);
  return made;
}

const engines = makeBoundedCache<string, CedarEngine>(4);

function newEngine({ schema, base, rules }: CedarPolicies): CedarEngine {
  // A record, since Cedar takes ids from its keys and not from @id.
  const staticPolicies = Object.fromEntries([[baseKey, base], ...rules.map((rule) => [rule.key, rule.text])]);
  const validation = validate({ schema, policies: { staticPolicies } });
  if (validation.type === "failure")
    throw new AppError("config", `The policies don't parse: ${validation.errors[0]?.message ?? "unknown"}`);
  const invalid = validation.validationErrors[0] ?? validation.validationWarnings[0];
  if (invalid) throw new AppError("config", `Policy ${invalid.policyId} is not valid: ${invalid.error.message}`);
  const schemaName = digestOf([schema]);
  orThrow(preparseSchema(schemaName, schema));
  const parts = partsOf(rules).map(({ attributes, policies }) => {
    const kept = { staticPolicies: { [baseKey]: base, ...policies } };
    const setName = digestOf([schema, kept]);
    orThrow(preparsePolicySet(setName, kept));
    return { attributes, ask: (context: Context) => ask(schemaName, setName, context) };
  });

  // A failure is not an answer and is asked again.
  const answers = makeBoundedCache<string, readonly string[]>(maxChars);
  return {
    answer(context) {
      const told = new Map(Object.entries(context).map(([name, value]) => [name, JSON.stringify(value)]));
      const fired: string[] = [];
      for (const [at, part] of parts.entries()) {
        const { attributes } = part;
        const key = `${at} ${attributes?.map((name) => told.get(name) ?? "").join(" ") ?? JSON.stringify(context)}`;
        let known = answers.get(key);
        if (known === undefined) {
          const answer = part.ask(attributes === null ? context : pick(context, attributes));
          if ("failure" in answer) return answer;
          known = answer.fired;
          answers.set(key, known, key.length + overheadChars);
        }
        fired.push(...known);
      }
      return { fired };
    },
  };
}

interface Part {
  /** Null for all of the context's. */
  readonly attributes: readonly string[] | null;
  readonly policies: Readonly<Record<string, string>>;
}

/** The policies by what they read. Without any there is still the question whether anything permits. */
function partsOf(rules: CedarPolicies["rules"]): readonly Part[] {
  const parts = new Map<string, { attributes: readonly string[] | null; policies: Record<string, string> }>();
  for (const { key, text } of rules) {
    const read = attributesRead(text);
    const attributes = read && [...new Set([...needed, ...read])];
    const name = attributes?.join(" ") ?? "";
    const part = parts.get(name) ?? { attributes, policies: {} };
    part.policies[key] = text;
    parts.set(name, part);
  }
  return parts.size > 0 ? [...parts.values()] : [{ attributes: null, policies: {} }];
}

function pick(context: Context, names: readonly string[]): Context {
  const picked: Context = {};
  for (const name of names) {
    const value = context[name];
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}

function ask(preparsedSchemaName: string, preparsedPolicySetId: string, context: Context): CedarAnswer {
  try {
    const answer = statefulIsAuthorized({
      principal: lead,
      action: publish,
      resource: placement,
      context,
      preparsedSchemaName,
      validateRequest: true,
      preparsedPolicySetId,
      entities: [],
    });
    if (answer.type === "failure") return { failure: "The rules could not be asked." };
    const { decision, diagnostics } = answer.response;
    // A policy that errors is skipped by Cedar: the others' answer is not the whole answer.
    if (diagnostics.errors.length > 0) return { failure: "A rule could not be evaluated." };
    if (decision === "allow") return { fired: [] };
    if (diagnostics.reason.length === 0) return { failure: "The engine denied without a rule." };
    return { fired: diagnostics.reason };
  } catch {
    return { failure: "The engine failed." };
  }
}

function orThrow(parsed: CheckParseAnswer): void {
  if (parsed.type === "failure")
    throw new AppError("config", `The policies don't parse: ${parsed.errors[0]?.message ?? "unknown"}`);
}

/** Named by content: the engine's cache is one per process, and two sets in it must not meet. */
function digestOf(content: unknown): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}

/** What the schema wants of every context, whoever reads it. */
const needed: readonly string[] = ["use"];
/** Some ten thousand answers. */
const maxChars = 4_000_000;
const overheadChars = 200;
const baseKey = "base";
// What differs between two requests is in the context; the entities only name the kind of question.
const lead = { type: "Lead", id: "lead" };
const placement = { type: "Placement", id: "placement" };
const publish = { type: "Action", id: "publish" };
