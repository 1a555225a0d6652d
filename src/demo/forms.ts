import { z } from "zod";
import { AppError } from "../domain/errors.ts";
import { clockSteps } from "./clock-steps.ts";
import { type MoveName, moveNames } from "./moves.ts";

/** What each form sends besides where the player is. */
export const eventForm = z.union([
  z.object({ move: z.enum(moveNames as readonly [MoveName, ...MoveName[]]) }),
  z.object({ text: z.string().trim().min(1, "Write something first.").max(500, "Write at most 500 characters.") }),
]);
export const revokeForm = z.object({ asset: z.string().max(200) });
export const clockForm = z.object({ by: z.enum(clockSteps) });

const answerFields = {
  approval: z.string().max(100),
  contentHash: z.string().max(100),
  note: z.string().trim().max(2000).optional(),
};
export const answerForm = z.discriminatedUnion("verdict", [
  z.object({ ...answerFields, verdict: z.literal("approve") }),
  z.object({
    ...answerFields,
    verdict: z.literal("edit"),
    framing: z.string().trim().max(300, "Write at most 300 characters."),
  }),
  z.object({ ...answerFields, verdict: z.literal("reject") }),
]);

/** Throws `invalid` in the words of the field at fault. */
export function readForm<T extends z.ZodType>(schema: T, given: Readonly<Record<string, unknown>>): z.output<T> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const words = parsed.error.issues.find(({ code }) => code === "too_big" || code === "too_small")?.message;
  throw new AppError("invalid", words ?? "The form does not say what to do. Open the page again and use its buttons.");
}
