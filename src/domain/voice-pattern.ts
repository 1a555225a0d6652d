import { RE2JS } from "re2js";
import isSafe from "safe-regex2";

/** Whether a text has what a brand file's pattern describes. */
export type VoicePattern = (text: string) => boolean;

/** Matched without regard to case, in time linear in the text. Throws for what `patternProblem` names. */
export function compilePattern(pattern: string): VoicePattern {
  const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
  return (text) => compiled.matcher(text).find();
}

/**
 * Why a pattern is refused; null when it is good. RE2 runs nothing that could take longer than the text is long; one
 * that other engines would need forever for is refused all the same, since it says something else than was meant.
 */
export function patternProblem(pattern: string): string | null {
  try {
    RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
  } catch (error) {
    const why = error instanceof Error ? error.message : "it does not parse";
    return `is no RE2 pattern (${why}); look-around and back-references are not part of RE2`;
  }
  if (!isSafe(pattern)) return "repeats a repetition, such as (a+)+, which can take forever: write it without";
  return null;
}
