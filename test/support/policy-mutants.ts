import type { Clause, Expr, PolicyJson } from "@cedar-policy/cedar-wasm/nodejs";

/** One policy with one thing in it changed. */
export interface PolicyMutant {
  readonly policy: PolicyJson;
  /** What was changed, as a tester would write it down. */
  readonly change: string;
}

/** Every way in which one condition, operator, constant, clause or effect of a policy could have been written otherwise. */
export function mutantsOf(policy: PolicyJson): readonly PolicyMutant[] {
  const mutants: PolicyMutant[] = [];
  for (const [at, clause] of policy.conditions.entries()) {
    const withClause = (other: Clause | null): PolicyJson => ({
      ...policy,
      conditions: policy.conditions.flatMap((one, i) => (i === at ? (other ? [other] : []) : [one])),
    });
    const turned: Clause = { ...clause, kind: clause.kind === "when" ? "unless" : "when" };
    mutants.push({ policy: withClause(turned), change: `${clause.kind} becomes ${turned.kind}` });
    mutants.push({ policy: withClause(null), change: `${clause.kind} removed` });
    for (const { expr, change } of variantsOf(clause.body))
      mutants.push({ policy: withClause({ ...clause, body: expr }), change: `${clause.kind}: ${change}` });
  }
  mutants.push({ policy: { ...policy, effect: "permit" }, change: "forbid becomes permit" });
  for (const effect of ["review", "hold", "deny"])
    if (effect !== policy.annotations?.effect)
      mutants.push({
        policy: { ...policy, annotations: { ...policy.annotations, effect } },
        change: `@effect ${effect}`,
      });
  return mutants;
}

interface Variant {
  readonly expr: Expr;
  readonly change: string;
}

/** The expression with one change somewhere in it. */
function variantsOf(expr: Expr): readonly Variant[] {
  return [...changesOf(expr), ...withinOf(expr)];
}

/** Changes inside the operands. */
function withinOf(expr: Expr): readonly Variant[] {
  const [operator, body] = operation(expr);
  if (operator === "Value" || operator === "Var") return [];
  if (Array.isArray(body))
    return body.flatMap((one: Expr, at) =>
      variantsOf(one).map(({ expr: other, change }) => ({
        expr: operationOf(operator, body.with(at, other)),
        change,
      })),
    );
  return Object.entries(body).flatMap(([name, operand]) =>
    isExpr(operand)
      ? variantsOf(operand).map(({ expr: other, change }) => ({
          expr: operationOf(operator, { ...body, [name]: other }),
          change,
        }))
      : [],
  );
}

/** Changes of what the expression itself says. */
function changesOf(expr: Expr): readonly Variant[] {
  const [operator, body] = operation(expr);
  const other = (changed: Expr): Variant => ({ expr: changed, change: `${wordsOf(expr)} -> ${wordsOf(changed)}` });
  const renamed = (...operators: readonly string[]) => operators.map((one) => other(operationOf(one, body)));
  const negated = other({ "!": { arg: expr } });
  switch (operator) {
    case "&&":
    case "||":
      return [
        negated,
        { expr: body.right, change: `without ${wordsOf(body.left)}` },
        { expr: body.left, change: `without ${wordsOf(body.right)}` },
        ...renamed(operator === "&&" ? "||" : "&&"),
      ];
    case "!":
      return [other(body.arg)];
    case "==":
      return renamed("!=");
    case "!=":
      return renamed("==");
    case "<":
    case "<=":
    case ">":
    case ">=":
      return renamed(...["<", "<=", ">", ">=", "==", "!="].filter((one) => one !== operator));
    case "containsAll":
      return [negated, other({ containsAll: { left: body.right, right: body.left } }), ...renamed("containsAny")];
    case "containsAny":
      return [negated, ...renamed("containsAll")];
    case "contains":
    case "has":
    case "isEmpty":
    case "like":
      return [negated];
    case "if-then-else":
      return [
        other(body.then),
        other(body.else),
        other(operationOf(operator, { ...body, if: { "!": { arg: body.if } } })),
      ];
    case ".":
      return [];
    case "Set":
      return body.map((_: Expr, at: number) => other({ Set: body.toSpliced(at, 1) }));
    case "Value":
      return constantsBeside(body).map((value) => other({ Value: value }));
    default:
      return [];
  }
}

function constantsBeside(value: unknown) {
  if (typeof value === "number") return [value - 1, value + 1];
  if (typeof value === "boolean") return [!value];
  if (typeof value === "string") return [`${value}x`];
  return Array.isArray(value) ? value.map((_, at) => value.toSpliced(at, 1)) : [];
}

// biome-ignore lint/suspicious/noExplicitAny: the body's shape follows from the operator, which the type cannot say
type Body = any;

function operation(expr: Expr): [string, Body] {
  const [entry] = Object.entries(expr);
  if (entry === undefined) throw new Error("an expression has an operator");
  return entry;
}

function operationOf(operator: string, body: Body): Expr {
  return { [operator]: body } as Expr;
}

function isExpr(value: unknown): value is Expr {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Cedar's own way of writing, in short. */
function wordsOf(expr: Expr): string {
  const [operator, body] = operation(expr);
  switch (operator) {
    case "Value":
      return JSON.stringify(body);
    case "Var":
      return body;
    case ".":
      return `${wordsOf(body.left)}.${body.attr}`;
    case "has":
      return `${wordsOf(body.left)} has ${[body.attr].flat().join(".")}`;
    case "!":
      return `!(${wordsOf(body.arg)})`;
    case "isEmpty":
      return `${wordsOf(body.arg)}.isEmpty()`;
    case "contains":
    case "containsAll":
    case "containsAny":
      return `${wordsOf(body.left)}.${operator}(${wordsOf(body.right)})`;
    case "if-then-else":
      return `if ${wordsOf(body.if)} then ${wordsOf(body.then)} else ${wordsOf(body.else)}`;
    case "Set":
      return `[${body.map(wordsOf).join(", ")}]`;
    default:
      return `(${wordsOf(body.left)} ${operator} ${wordsOf(body.right)})`;
  }
}
