import { z } from "zod";
import { mailAddress } from "./mail-address.ts";
import { channelName } from "./vocabulary.ts";
import { patternProblem } from "./voice-pattern.ts";

/** One line of words: it stands in headers, where a line end would begin another header. */
const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, "one line, without control characters");
const colour = z.string().regex(/^#[0-9a-fA-F]{6}$/, "# and six hexadecimal digits, such as #0b5cad");

/** How the brand speaks; rules on text read it. Patterns are RE2 expressions, matched without regard to case. */
export const brandVoice = z.strictObject({
  /** Words and phrases that are never used of the brand. */
  forbidden: z.array(z.string().min(2).max(100)).max(500).default([]),
  /** Names that have one right form: `wrong` lists the others. */
  names: z
    .array(z.strictObject({ form: z.string().min(1).max(100), wrong: z.array(z.string().min(1).max(100)).min(1) }))
    .max(200)
    .default([]),
  /** Names beside the brand's own that the words around a proof may use: products, partners, programmes. */
  knownNames: z.array(z.string().min(1).max(100)).max(1000).default([]),
  patterns: z
    .array(
      z.strictObject({
        pattern: z.string().min(1).max(500).superRefine(isPattern),
        reason: z.string().min(1).max(200),
        effect: z.enum(["review", "deny"]),
      }),
    )
    .max(100)
    .default([]),
  /** Longest framing, in characters, by channel. */
  maxFramingChars: z.partialRecord(channelName, z.int().positive().max(300)).default({}),
  tone: z
    .strictObject({ maxExclamations: z.int().nonnegative().default(1), allowShouting: z.boolean().default(false) })
    .prefault({}),
  /** Comparison with others: not at all, asked of a person, or as it comes. */
  comparisons: z.enum(["deny", "review", "allow"]).default("review"),
});

/** How e-mail looks and whose it is; without it no e-mail is sent. The postal address is the deployer profile's. */
export const brand = z.strictObject({
  sender: z.strictObject({
    name: line(78),
    address: mailAddress,
    /** Absent: answers go to the sender's address. */
    replyTo: mailAddress.optional(),
  }),
  /** Stands at the head of a message in place of a picture, which mail clients would load from elsewhere. */
  logoText: line(60),
  colours: z
    .strictObject({ accent: colour, onAccent: colour, text: colour, muted: colour, background: colour, panel: colour })
    .partial()
    .default({}),
  /** Said under every message, above the postal address. */
  footer: z.string().trim().max(400).default(""),
  voice: brandVoice.optional(),
});

function isPattern(pattern: string, context: z.RefinementCtx): void {
  const problem = patternProblem(pattern);
  if (problem !== null) context.addIssue({ code: "custom", message: `the pattern ${problem}` });
}

export type BrandVoice = z.infer<typeof brandVoice>;
export type Brand = z.infer<typeof brand>;
