import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Clearances } from "../clearances/clearances.ts";
import { AppError } from "../domain/errors.ts";
import { assetId } from "../domain/ids.ts";
import type { Trx } from "../store/store.ts";

/** One line of `sample/clearances.jsonl`: what the reviewer of the sample's company said of a question about an asset. */
export const sampleClearance = z.strictObject({
  assetId,
  rule: z.string().min(1),
  reason: z.string().min(1),
  /** `ask`: nobody has answered yet, so that the queue has something in it. */
  verdict: z.enum(["clear", "refuse", "ask"]),
  note: z.string().max(2000).optional(),
  days: z.int().positive().max(3650).optional(),
});
export type SampleClearance = z.infer<typeof sampleClearance>;

/** None where there is no such file. Throws `config` naming the line that is not usable. */
export function readSampleClearances(file: string): readonly SampleClearance[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.flatMap((line, at) => {
    if (line.trim() === "") return [];
    const read = z
      .string()
      .transform((text, context) => {
        try {
          return JSON.parse(text);
        } catch {
          context.addIssue("it is no JSON");
          return z.NEVER;
        }
      })
      .pipe(sampleClearance)
      .safeParse(line);
    if (read.success) return [read.data];
    const words = read.error.issues.map(({ path, message }) => [path.join("."), message].filter(Boolean).join(": "));
    throw new AppError("config", `The sample is not usable. ${file}:${at + 1}: ${words.join("; ")}`);
  });
}

/** Asks and answers about the current version of the asset. Throws `config` for an asset that is not in the sample. */
export async function putSampleClearance(
  trx: Trx,
  { clearances, catalogue }: SampleRooms,
  { assetId, rule, reason, verdict, note, days }: SampleClearance,
): Promise<void> {
  const { currentVersion } = await catalogue.rights(trx, assetId);
  if (currentVersion === null) {
    throw new AppError("config", `The sample is not usable. clearances.jsonl names ${assetId}, which is not in it.`);
  }
  const finding = { rule, effect: "review", reason, evidence: {}, about: "version" } as const;
  const question = { assetId, assetVersion: currentVersion, finding, decisionId: null, isAwaited: false };
  const id = await clearances.open(trx, question);
  if (verdict !== "ask") await clearances.answer(trx, id, { verdict, note, days }, "Robin Sample (sample)");
}

interface SampleRooms {
  readonly clearances: Pick<Clearances, "open" | "answer">;
  readonly catalogue: Pick<Catalogue, "rights">;
}
