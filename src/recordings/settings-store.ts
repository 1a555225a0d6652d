import { z } from "zod";
import { brandVoice } from "../domain/brand.ts";
import { deployerProfile } from "../domain/deployer-profile.ts";
import { AppError } from "../domain/errors.ts";
import { jsonDigest } from "../domain/hash.ts";
import { makeStoredJson } from "../domain/stored-json.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Trx } from "../store/store.ts";
import type { RecordedSettings } from "./recording.ts";
import { emailSetup } from "./stored-reads.ts";

/**
 * Settings by digest. They change with a start, or with the address that links name, so the digest of the last ones is
 * remembered. A row says once a day that it is in use, and is deleted when nothing can refer to it any more.
 */
export function makeSettingsStore({ clock, settings }: { clock: Clock; settings: () => RecordedSettings }) {
  const parse = makeStoredJson("settings of a recording", recordedSettings, heldTexts);
  let last: { readonly digest: string; readonly given: RecordedSettings; readonly email: string } | null = null;
  const keptAt = new Map<string, number>();
  return {
    /** The digest of the settings as they are, their row in place. */
    async keep(trx: Trx): Promise<string> {
      const given = settings();
      // All but the rules and the e-mail's links stands from start to end.
      const email = JSON.stringify(given.email);
      const isSame = last?.given.ruleset === given.ruleset && last.given.playbooks === given.playbooks;
      if (last === null || !isSame || last.email !== email) {
        last = { digest: jsonDigest(given), given, email };
      }
      const { digest } = last;
      const now = clock.now();
      const before = keptAt.get(digest);
      if (before !== undefined && now - before < dayMs && now >= before) return digest;
      await trx
        .insertInto("recording_settings")
        .values({ digest, body_json: JSON.stringify(given), used_at: now })
        .onConflict((conflict) => conflict.column("digest").doUpdateSet({ used_at: now }))
        .execute();
      trx.afterCommit(() => keptAt.set(digest, now));
      return digest;
    },

    /** Throws `corrupt` for settings that are gone. */
    read(text: string | null): RecordedSettings {
      if (text === null) throw new AppError("corrupt", "The settings of a recording are missing.");
      return parse(text);
    },

    async sweep(trx: Trx, before: number): Promise<void> {
      await trx
        .deleteFrom("recording_settings")
        .where("used_at", "<", before - 2 * dayMs)
        .execute();
    },
  };
}

const dayMs = 86_400_000;
const heldTexts = 100;

const recordedSettings = z.strictObject({
  software: z.string(),
  planner: z.strictObject({ kind: z.string(), version: z.string() }),
  ruleset: z.string(),
  taxonomy: z.string(),
  profile: deployerProfile,
  email: emailSetup.nullable(),
  // Not read by any rule before revision 3 of the rules.
  voice: brandVoice.nullable().default(null),
  playbooks: z.array(z.strictObject({ id: z.string(), version: z.int(), digest: z.string() })),
});
