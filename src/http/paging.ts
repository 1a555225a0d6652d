import { z } from "zod";
import { AppError } from "../domain/errors.ts";

/** `?limit=&cursor=` of every list. */
export const pageQuery = {
  limit: z
    .string()
    .regex(/^[1-9][0-9]{0,2}$/, "a whole number from 1 to 200")
    .transform(Number)
    .refine((limit) => limit <= 200, "a whole number from 1 to 200")
    .default(50),
  cursor: z.string().min(1).max(400).optional(),
};

/** What a list answers. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** Reads what `nextCursor` made for the same list; throws `malformed` for anything else. */
export function afterOf(list: string, cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const text = Buffer.from(cursor, "base64url").toString("utf8");
  const after = text.startsWith(`${list}:`) ? text.slice(list.length + 1) : "";
  if (!/^[A-Za-z0-9][A-Za-z0-9._:-]{0,199}$/.test(after)) {
    const fields = [{ pointer: "/cursor", message: "This is not a cursor of this list." }];
    throw new AppError("malformed", "The query parameter cursor is not one that this list gave out.", { fields });
  }
  return after;
}

/** A page from up to `limit + 1` rows: the one beyond only says that there is more. */
export function toPage<R, T>(
  list: string,
  rows: readonly R[],
  limit: number,
  shape: { id: (row: R) => string; item: (row: R) => T },
): { items: T[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last !== undefined;
  return {
    items: shown.map(shape.item),
    nextCursor: more ? Buffer.from(`${list}:${shape.id(last)}`, "utf8").toString("base64url") : null,
  };
}
