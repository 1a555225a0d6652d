const shortcut = "a shortcut: what follows says the same, and takes longer";

/** Mutants that no test can tell from the source, each with the reason. */
export const equivalent: Readonly<Record<string, string>> = {
  "checks/quote-verbatim.ts isSame: shown === said -> false": shortcut,
  "checks/unsafe-text.ts mixesScripts: lookalike.test(text) -> true": shortcut,
  "checks/unsafe-text.ts hasHidden: suspicious.test(text) -> true": shortcut,
};
