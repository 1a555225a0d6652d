import type { BrandVoice } from "../../domain/brand.ts";
import type { DeployerProfile } from "../../domain/deployer-profile.ts";
import type { Finding } from "../../domain/finding.ts";
import { spokenNames } from "../../domain/spoken-names.ts";
import { compilePattern, type VoicePattern } from "../../domain/voice-pattern.ts";
import type { Subject } from "../subject.ts";
import { against, type Check, firstOfForce } from "./check.ts";

const rule = "brand.voice";

/** The words around a proof are such as the brand file wants them: its own words, not the endorser's. */
export const brandVoice: Check = {
  rule,
  holds: "The words around the proof are in the brand's voice.",
  source: "Brand file",
  effectiveFrom: firstOfForce,
  applies: ({ facts }) => facts.voice !== null,
  examine(subject) {
    const { voice } = subject.facts;
    if (voice === null) return [];
    const texts = ownTexts(subject);
    if (texts === null) return [against(rule, "deny", "What would be shown is not known.")];
    return texts.flatMap(([part, text]) => findingsOf(voice, part, text, subject));
  },
};

function ownTexts({ content, rendered }: Subject): readonly (readonly [part: string, text: string])[] | null {
  if (content === null || rendered === null) return null;
  const texts = [
    ["framing", content.framing],
    ["framing", rendered.framing],
    ["subject", content.subject ?? ""],
    ["subject", rendered.subject ?? ""],
    ...rendered.links.map(({ text }) => ["link", text] as const),
  ] as const;
  return [...new Map(texts.map((one) => [one.join("\n"), one])).values()];
}

function findingsOf(voice: BrandVoice, part: string, text: string, { facts }: Subject): readonly Finding[] {
  const ready = readyVoice(voice);
  const findings: Finding[] = [];
  const plain = plainly(text);
  const forbidden = ready.forbidden.exec(plain);
  if (forbidden) {
    findings.push(against(rule, "deny", "The brand file forbids a word.", { part, words: forbidden[0] }));
  }
  for (const { form, wrong } of ready.names) {
    const found = wrong.exec(plain);
    if (found)
      findings.push(
        against(rule, "review", "A name is not in the form that the brand wants.", { part, words: found[0], form }),
      );
  }
  for (const { pattern, reason, effect } of ready.anyPattern(plain) ? ready.patterns : []) {
    if (pattern(plain)) findings.push(against(rule, effect, `The brand file's pattern: ${reason}`, { part }));
  }
  const limit = voice.maxFramingChars[facts.touchpoint.channel];
  if (part === "framing" && limit !== undefined && text.length > limit) {
    findings.push(
      against(rule, "review", "The framing is longer than the brand wants on this channel.", {
        chars: text.length,
        limit,
      }),
    );
  }
  const exclamations = text.match(/[!！]/gu)?.length ?? 0;
  if (exclamations > voice.tone.maxExclamations || (!voice.tone.allowShouting && shouting.test(text))) {
    findings.push(against(rule, "review", "The tone is louder than the brand wants.", { part, exclamations }));
  }
  if (voice.comparisons !== "allow") {
    const compared = rivalsIn(facts.profile)?.exec(plain) ?? comparison.exec(plain);
    const reason = "The words compare with others, which the brand file does not allow by itself.";
    if (compared) findings.push(against(rule, voice.comparisons, reason, { part, words: compared[0] }));
  }
  return findings;
}

/** Full-width letters as letters, and marks that belong to no letter left off: a word is no other for how it is dressed. */
function plainly(text: string): string {
  return text.normalize("NFKC").replace(/(?<=\p{Script=Latin})\p{M}+/gu, "");
}

/** Two words in capitals beside each other; one may be an abbreviation. */
const shouting = /(?<![\p{L}\p{N}])\p{Lu}{4,}\s+\p{Lu}{4,}(?![\p{L}\p{N}])/u;
const comparison =
  /(?<![\p{L}])(?:(?:better|faster|cheaper|safer|easier|more\s+\p{L}+)\s+than\s+(?:any|all|every|other|others|the\s+(?:rest|others|competition))|unlike\s+(?:other|others|any)|(?:beats?|outperforms?)|compared\s+(?:to|with)\s+(?:other|others)|besser\s+als|schneller\s+als|günstiger\s+als|anders\s+als|im\s+vergleich\s+zu|mieux\s+que|contrairement\s+à|mejor\s+que|a\s+diferencia\s+de|beter\s+dan|in\s+tegenstelling\s+tot|meglio\s+di|a\s+differenza\s+di)(?![\p{L}])/iu;

interface ReadyVoice {
  readonly forbidden: RegExp;
  readonly names: readonly { readonly form: string; readonly wrong: RegExp }[];
  /** Whether one of them is there at all: mostly none is, and to look for each takes its time. */
  readonly anyPattern: VoicePattern;
  readonly patterns: readonly {
    readonly pattern: VoicePattern;
    readonly reason: string;
    readonly effect: "review" | "deny";
  }[];
}

const readyVoices = new WeakMap<BrandVoice, ReadyVoice>();

/** A brand file is one object for as long as it stands. */
function readyVoice(voice: BrandVoice): ReadyVoice {
  const known = readyVoices.get(voice);
  if (known) return known;
  const ready = {
    forbidden: anyOf(voice.forbidden, "iu") ?? never,
    names: voice.names.map(({ form, wrong }) => ({ form, wrong: anyOf(wrong, "u") ?? never })),
    anyPattern: anyOfPatterns(voice),
    patterns: voice.patterns.map(({ pattern, reason, effect }) => ({
      pattern: compilePattern(pattern),
      reason,
      effect,
    })),
  };
  readyVoices.set(voice, ready);
  return ready;
}

function anyOfPatterns({ patterns }: BrandVoice): VoicePattern {
  try {
    return compilePattern(patterns.map(({ pattern }) => `(?:${pattern})`).join("|"));
  } catch {
    // What each of them may have, such as a group of that name, one expression may not have twice.
    return () => true;
  }
}

const rivals = new WeakMap<DeployerProfile, RegExp | null>();

/** A profile may change while the voice stays, and the other way round. */
function rivalsIn(profile: DeployerProfile): RegExp | null {
  const known = rivals.get(profile);
  if (known !== undefined) return known;
  const any = anyOf(profile.competitors.flatMap(spokenNames), "iu");
  rivals.set(profile, any);
  return any;
}

const never = /(?!)/u;

/** Whole words or phrases, as they are written. */
function anyOf(words: readonly string[], flags: string): RegExp | null {
  if (words.length === 0) return null;
  const escaped = words.map((word) =>
    plainly(word)
      .trim()
      .replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")
      .replace(/\s+/g, "\\s+"),
  );
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join("|")})(?![\\p{L}\\p{N}])`, flags);
}
