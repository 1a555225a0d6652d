import { z } from "zod";
import { AppError } from "../domain/errors.ts";
import { decisionId, leadId } from "../domain/ids.ts";
import { term } from "../domain/vocabulary.ts";
import { type StoryName, stories, storyNames } from "./stories.ts";
import type { Where } from "./view.ts";

const empty = (value: unknown) => (value === "" ? undefined : value);
const fields = z.object({
  lead: z.preprocess(empty, leadId.optional()),
  decision: z.preprocess(empty, decisionId.optional()),
  place: z.preprocess(empty, term.optional()),
  story: z.preprocess(empty, z.enum(storyNames as readonly [StoryName, ...StoryName[]]).optional()),
  step: z.preprocess(empty, z.coerce.number().int().min(0).max(99).optional()),
});

/**
 * Where the player is, from the address or a form. Without a lead: the story's, else `first`. Throws `not-found` for
 * what names nothing that there could be.
 */
export function readWhere(given: Readonly<Record<string, unknown>>, first: string | undefined): Where {
  const parsed = fields.safeParse(given);
  if (!parsed.success) throw new AppError("not-found", "The address names nothing that there could be.");
  const { lead, decision, place, story = null, step = 0 } = parsed.data;
  const whose = lead ?? (story === null ? first : stories[story].lead);
  if (whose === undefined) throw new AppError("not-found", "There is no lead of the sample in this database.");
  return { lead: whose, decision: decision ?? null, place: place ?? null, story, step };
}

/** The page's address for it. */
export function addressOf(where: Where): string {
  const query = new URLSearchParams(Object.entries(toFields(where)).filter(([, value]) => value !== ""));
  return `/demo?${query}`;
}

/** As hidden fields of a form; empty text where there is nothing. */
export function toFields({ lead, decision, place, story, step }: Where): Readonly<Record<string, string>> {
  return {
    lead,
    decision: decision ?? "",
    place: place ?? "",
    story: story ?? "",
    step: story === null ? "" : String(step),
  };
}
