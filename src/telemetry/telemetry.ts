/** What the rest of the code logs through. Objects first, words second, as pino has it. */
export interface Logger {
  debug: LogMethod;
  info: LogMethod;
  warn: LogMethod;
  error: LogMethod;
  /** Whether a line of this level would be written; asked before building an expensive one. */
  isLevelEnabled(level: "debug" | "info" | "warn" | "error"): boolean;
}

/** Fields hold ids, counts and codes; never names, addresses, tokens or event text. */
export interface LogMethod {
  (fields: Readonly<Record<string, unknown>>, message: string): void;
  (message: string): void;
}
