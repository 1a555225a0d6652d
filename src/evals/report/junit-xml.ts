/** A case as JUnit XML has it. */
export interface Case {
  readonly name: string;
  readonly classname: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly ms: number;
  /** A failure is what was not as expected, an error what could not be found out. */
  readonly problem: { readonly kind: "failure" | "error"; readonly message: string; readonly text: string } | null;
}

export interface Suite {
  readonly cases: readonly Case[];
  readonly xml: string;
}

/** `startedAt` is RFC 3339 UTC; `properties` are XML already. */
export function toSuite(
  name: string,
  cases: readonly Case[],
  { startedAt, properties = "" }: { readonly startedAt: string; readonly properties?: string },
): Suite {
  const attributes = attributesOf({
    name,
    tests: cases.length,
    failures: problems(cases, "failure"),
    errors: problems(cases, "error"),
    skipped: 0,
    time: seconds(cases.reduce((sum, { ms }) => sum + ms, 0)),
    timestamp: timestamp(startedAt),
  });
  return { cases, xml: `  <testsuite${attributes}>\n${properties}${cases.map(caseXml).join("\n")}\n  </testsuite>` };
}

export function suitesXml(
  name: string,
  suites: readonly Suite[],
  { ms, startedAt }: { readonly ms: number; readonly startedAt: string },
): string {
  const sum = (count: (suite: Suite) => number) => suites.reduce((all, suite) => all + count(suite), 0);
  const attributes = attributesOf({
    name,
    tests: sum(({ cases }) => cases.length),
    failures: sum(({ cases }) => problems(cases, "failure")),
    errors: sum(({ cases }) => problems(cases, "error")),
    time: seconds(ms),
    timestamp: timestamp(startedAt),
  });
  const body = suites.map(({ xml }) => xml).join("\n");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes}>\n${body}\n</testsuites>\n`;
}

function caseXml({ name, classname, file, line, ms, problem }: Case): string {
  const attributes = attributesOf({ name, classname, file, line, time: seconds(ms) });
  if (problem === null) return `    <testcase${attributes}/>`;
  const { kind, message, text } = problem;
  const inside = `      <${kind}${attributesOf({ message, type: kind })}>${escaped(text)}</${kind}>`;
  return `    <testcase${attributes}>\n${inside}\n    </testcase>`;
}

function problems(cases: readonly Case[], kind: "failure" | "error"): number {
  return cases.filter(({ problem }) => problem?.kind === kind).length;
}

export function attributesOf(values: Readonly<Record<string, string | number | null>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ` ${name}="${escaped(String(value)).replace(/\s+/g, " ")}"`)
    .join("");
}

/** What XML 1.0 has no character for (section 2.2) is left out. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** ISO 8601 without an offset, as the format has it. */
function timestamp(startedAt: string): string {
  return startedAt.slice(0, 19);
}
