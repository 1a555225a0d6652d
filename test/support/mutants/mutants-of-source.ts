import ts from "typescript";

/** One condition of a source file, written otherwise. */
export interface SourceMutant {
  /** Where and what: `checks/left-out.ts leftOut: end < text.length -> true`. */
  readonly name: string;
  /** Characters [start, end) of the source that `text` takes the place of. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Every way in which one condition of a TypeScript source could have been written otherwise: each atom of a condition
 * always true and always false, the bound of a comparison moved by one, "and" for "or", a default dropped or always
 * taken, `some` for `every`, a filter left out, a case of a switch left out, a boolean turned. `a?.b` as `a.b` is not
 * among them: the types refuse it wherever it makes a difference.
 */
export function mutantsOfSource(path: string, source: string): readonly SourceMutant[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const mutants: SourceMutant[] = [];
  const seen = new Map<string, number>();
  const visit = (node: ts.Node, where: string): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node)) return;
    const start = node.getStart(file);
    const written = source.slice(start, node.end);
    for (const text of variantsOf(node, file)) {
      const plain = `${path} ${where}: ${inShort(written)} -> ${inShort(text)}`;
      const times = (seen.get(plain) ?? 0) + 1;
      seen.set(plain, times);
      mutants.push({ name: times === 1 ? plain : `${plain} (${times})`, start, end: node.end, text });
    }
    ts.forEachChild(node, (child) => visit(child, nameOf(node, file) ?? where));
  };
  visit(file, "the file");
  return mutants;
}

/**
 * The source with every mutant in it, each taking effect while `on` says so for its number: `numberOf` gives it, or
 * null for a mutant that is left out.
 */
export function sourceWithMutants(
  source: string,
  mutants: readonly SourceMutant[],
  on: string,
  numberOf: (mutant: SourceMutant) => number | null,
): string {
  const at = new Map<string, SourceMutant[]>();
  for (const one of mutants) {
    const key = `${one.start}-${one.end}`;
    at.set(key, [...(at.get(key) ?? []), one]);
  }
  const places = [...at.values()].map((all) => ({ all, start: all[0]?.start ?? 0, end: all[0]?.end ?? 0 }));
  const write = (start: number, end: number, within: typeof places): string => {
    let text = "";
    let from = start;
    for (const place of within) {
      if (place.start < from) continue;
      text += source.slice(from, place.start);
      const inner = within.filter((one) => one !== place && one.start >= place.start && one.end <= place.end);
      const choices = place.all.flatMap((one) => {
        const number = numberOf(one);
        return number === null ? [] : [`${on}(${number}) ? ${one.text} : `];
      });
      const kept = write(place.start, place.end, inner);
      text += choices.length === 0 ? kept : `(${choices.join("")}${kept})`;
      from = place.end;
    }
    return text + source.slice(from, end);
  };
  return write(
    0,
    source.length,
    places.sort((a, b) => a.start - b.start || b.end - a.end),
  );
}

function variantsOf(node: ts.Node, file: ts.SourceFile): readonly string[] {
  const textOf = (one: ts.Node) => one.getText(file);
  if (ts.isBinaryExpression(node)) {
    const [left, operator, right] = [textOf(node.left), node.operatorToken.kind, textOf(node.right)];
    const other = swapped.get(operator);
    switch (operator) {
      case ts.SyntaxKind.AmpersandAmpersandToken:
      case ts.SyntaxKind.BarBarToken:
        return [`((${left}) ${other} (${right}))`];
      case ts.SyntaxKind.QuestionQuestionToken:
        return [`(${left})`, `(${right})`];
      default:
        if (comparisons.has(operator)) return ["true", "false", ...(other ? [`((${left}) ${other} (${right}))`] : [])];
    }
  }
  if (node.kind === ts.SyntaxKind.TrueKeyword) return isExpression(node) ? ["false"] : [];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return isExpression(node) ? ["true"] : [];
  if (ts.isExpression(node) && isAtom(node) && isCondition(node)) return isLoop(node) ? ["false"] : ["true", "false"];
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { name, expression } = node.expression;
    const [all, [first]] = [textOf(node), node.arguments];
    const other = otherMethods.get(name.text);
    const from = name.getStart(file) - node.getStart(file);
    if (other !== undefined) return [`(${all.slice(0, from)}${other}${all.slice(from + name.text.length)})`];
    if (name.text === "filter" && first && ts.isIdentifier(first)) return [`(${textOf(expression)})`];
  }
  if (ts.isExpression(node) && ts.isCaseClause(node.parent) && node.parent.expression === node) return ["Symbol()"];
  return [];
}

const swapped = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.AmpersandAmpersandToken, "||"],
  [ts.SyntaxKind.BarBarToken, "&&"],
  [ts.SyntaxKind.LessThanToken, "<="],
  [ts.SyntaxKind.LessThanEqualsToken, "<"],
  [ts.SyntaxKind.GreaterThanToken, ">="],
  [ts.SyntaxKind.GreaterThanEqualsToken, ">"],
]);
const comparisons = new Set<ts.SyntaxKind>([
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.InKeyword,
  ts.SyntaxKind.InstanceOfKeyword,
]);
const otherMethods = new Map([
  ["some", "every"],
  ["every", "some"],
  ["startsWith", "endsWith"],
  ["endsWith", "startsWith"],
  ["min", "max"],
  ["max", "min"],
]);
/** What a function answers to for each of many. */
const asksOfEach = new Set(["some", "every", "filter", "find", "findIndex", "findLast"]);

function isAtom(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node) || ts.isConditionalExpression(node)) return false;
  if (ts.isPrefixUnaryExpression(node)) return node.operator !== ts.SyntaxKind.ExclamationToken;
  return !ts.isBinaryExpression(node) || node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

/** Whether something is decided by it being true. */
function isCondition(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent)) return isCondition(parent);
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent))
    return parent.expression === node;
  if (ts.isForStatement(parent)) return parent.condition === node;
  if (ts.isConditionalExpression(parent)) return parent.condition === node || isCondition(parent);
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isBinaryExpression(parent)) {
    const isJoined =
      parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken ||
      parent.operatorToken.kind === ts.SyntaxKind.BarBarToken;
    return isJoined && (parent.left === node || isCondition(parent));
  }
  if (ts.isReturnStatement(parent)) return answersYesOrNo(functionAround(parent));
  if (!ts.isArrowFunction(parent) || parent.body !== node) return false;
  const call = parent.parent;
  const isAsked =
    ts.isCallExpression(call) &&
    ts.isPropertyAccessExpression(call.expression) &&
    asksOfEach.has(call.expression.name.text);
  return isAsked || answersYesOrNo(parent);
}

function isLoop({ parent }: ts.Node): boolean {
  return ts.isForStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent);
}

function functionAround(node: ts.Node): ts.Node {
  return ts.isFunctionLike(node) ? node : functionAround(node.parent);
}

function answersYesOrNo(node: ts.Node): boolean {
  const type = ts.isFunctionLike(node) ? node.type : undefined;
  return type !== undefined && (type.kind === ts.SyntaxKind.BooleanKeyword || ts.isTypePredicateNode(type));
}

function isExpression({ parent }: ts.Node): boolean {
  return !ts.isLiteralTypeNode(parent);
}

function nameOf(node: ts.Node, file: ts.SourceFile): string | null {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) return node.name?.getText(file) ?? null;
  if (ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node))
    return node.initializer && (ts.isArrowFunction(node.initializer) || ts.isFunctionExpression(node.initializer))
      ? node.name.getText(file)
      : null;
  return null;
}

function inShort(text: string): string {
  const plain = text.replace(/\s+/g, " ");
  return plain.length <= 100 ? plain : `${plain.slice(0, 60)} … ${plain.slice(-37)}`;
}
