import { policyJson } from "./policy-json.ts";

/**
 * The attributes of the context that a policy reads, in order; null where it may read any, or where that can't be told:
 * then it is to be asked with all of them.
 */
export function attributesRead(policy: string): readonly string[] | null {
  const parsed = policyJson(policy);
  if (parsed.type === "failure") return null;
  const found = new Set<string>();
  return collect(parsed.json.conditions, found) ? [...found].sort() : null;
}

/** False where the context stands by itself and not before the name of an attribute. */
function collect(expression: unknown, found: Set<string>): boolean {
  if (Array.isArray(expression)) return expression.every((one) => collect(one, found));
  if (!isRecord(expression)) return true;
  if (expression.Var === "context") return false;
  return Object.entries(expression).every(([operator, body]) => {
    const attribute = operator === "." || operator === "has" ? ofContext(body) : null;
    if (attribute === null) return collect(body, found);
    found.add(attribute);
    return true;
  });
}

/** `context.grant` and `context has grant`. */
function ofContext(body: unknown): string | null {
  if (!isRecord(body) || typeof body.attr !== "string") return null;
  return isRecord(body.left) && body.left.Var === "context" ? body.attr : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
