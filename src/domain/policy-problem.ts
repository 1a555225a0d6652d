/** What is wrong with a file of a deployment's own rules, and what to do about it. */
export interface PolicyProblem {
  readonly file: string;
  /** Counted from 1; null where it is about the file as a whole. */
  readonly line: number | null;
  /** The rule, and its part, where it is known. */
  readonly rule: string | null;
  readonly message: string;
}

/** `file:line: rule: message`. */
export function problemWords({ file, line, rule, message }: PolicyProblem): string {
  const place = line === null ? file : `${file}:${line}`;
  return [place, ...(rule === null ? [] : [rule]), message].join(": ");
}
