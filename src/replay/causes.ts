import { jsonDigest } from "../domain/hash.ts";
import type { Playbook } from "../domain/playbook.ts";
import type { Cause } from "../domain/replay-report.ts";
import { playbookKey, type RanAgain } from "./run-again.ts";
import { erased } from "./story.ts";

/** What a replay runs under. */
export interface Under {
  readonly software: string;
  readonly ruleset: string;
  readonly planner: { readonly kind: string; readonly version: string };
  /** Digest of the taxonomy. */
  readonly taxonomy: string;
}

/** Everything that is known to make this attempt come out otherwise; the alarm where that is nothing. */
export function causesOf(ran: RanAgain, under: Under, stored: ReadonlyMap<string, Playbook>): readonly Cause[] {
  const causes = [...ofRecords(ran), ...ofPlaybooks(ran, stored), ...ofVersions(ran, under)];
  return causes.length > 0 ? causes : [unexplained];
}

const unexplained: Cause = {
  kind: "unexplained",
  words:
    "The same versions decide otherwise on the same facts: something that decides is not recorded, or is not repeatable.",
};

function ofRecords({ chapter, moment }: RanAgain): readonly Cause[] {
  const causes: Cause[] = [];
  if (chapter.isTampered) {
    const words =
      "The record is not the one that was written: its digest is another. `vouchsafe audit verify` says what the log holds.";
    causes.push({ kind: "record-tampered", words });
  }
  if (moment.isErased) causes.push(erased);
  if (moment.missing.size > 0) {
    const words = `The catalogue no longer has ${[...moment.missing].join(", ")}.`;
    causes.push({ kind: "asset-version-missing", words });
  }
  const { gaps } = moment.reads;
  if (gaps.length > 0) causes.push({ kind: "recording-incomplete", words: gaps.join(" ") });
  return causes;
}

function ofPlaybooks({ moment }: RanAgain, stored: ReadonlyMap<string, Playbook>): readonly Cause[] {
  return moment.settings.playbooks.flatMap((one): Cause[] => {
    const found = stored.get(playbookKey(one));
    if (!found) {
      return [{ kind: "playbook-missing", words: `Playbook ${one.id} version ${one.version} can no longer be read.` }];
    }
    if (jsonDigest(found) === one.digest) return [];
    return [{ kind: "playbook", words: `Playbook ${one.id} version ${one.version} is stored with other content.` }];
  });
}

function ofVersions({ moment: { settings } }: RanAgain, under: Under): readonly Cause[] {
  const causes: Cause[] = [];
  const compare = (kind: "software" | "ruleset", from: string, to: string) => {
    if (from !== to) causes.push({ kind, words: `${kind} ${from} → ${to}` });
  };
  compare("software", settings.software, under.software);
  compare("ruleset", settings.ruleset, under.ruleset);
  // What another planner than `rules` answered is recorded, so its version decides nothing.
  const { kind, version } = settings.planner;
  if (kind === "rules" && version !== under.planner.version) {
    causes.push({ kind: "planner", words: `planner ${kind} ${version} → ${under.planner.version}` });
  }
  if (settings.taxonomy !== under.taxonomy) {
    causes.push({ kind: "taxonomy", words: "The taxonomy, by which events' words are read, has changed." });
  }
  return causes;
}
