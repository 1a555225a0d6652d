import { changeKindWords } from "../domain/change-words.ts";
import type { ReplayReport } from "../domain/replay-report.ts";
import type { OutcomeOfRun, WhatIfReport } from "../domain/what-if-report.ts";
import { columns, plain } from "./words.ts";

/** A replay for a terminal: the counts, then each decision that is not the same, with its cause. */
export function replayWords({ counts, decisions, under }: ReplayReport): readonly string[] {
  const { same, different, unexplained, notReplayed } = counts;
  const unlike = decisions.filter(({ outcome }) => outcome !== "same");
  return [
    `${counts.decisions} decisions under ${under.software}, rules ${under.ruleset}, planner ${under.planner}: ` +
      `${same} the same, ${different} different (${unexplained} unexplained), ${notReplayed} not replayed.`,
    ...unlike.flatMap(({ decisionId, outcome, causes, differences }) => [
      `${decisionId}: ${outcome}`,
      ...causes.map(({ kind, words }) => plain(`  ${kind}: ${words}`)),
      ...differences.slice(0, shownDifferences).map(({ pointer, recorded, replayed }) => {
        return plain(`  ${pointer || "/"}: ${short(recorded)} → ${short(replayed)}`);
      }),
      ...(differences.length > shownDifferences ? [`  and ${differences.length - shownDifferences} more`] : []),
    ]),
  ];
}

const shownDifferences = 10;

function short(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** A what-if for a terminal: what changes, by playbook, some examples, the outcomes, and what to keep in mind. */
export function whatIfWords(report: WhatIfReport): readonly string[] {
  const { counts, byChange, byPlaybook, examples, outcomes, caveats, transitions } = report;
  return [
    `With ${report.change.join(", ")}: ${counts.changed} of ${counts.compared} decisions change.`,
    ...columns(byChange.map(({ change, count }) => [`  ${String(count).padStart(5)}`, changeKindWords[change]])),
    "",
    ...columns(transitions.map(({ from, to, count }) => [`  ${String(count).padStart(5)}`, `${from} → ${to}`])),
    "",
    ...columns([
      ["playbook", "decisions", "changed", "published", "asked"],
      ...byPlaybook.map(({ playbook, decisions, changed, published, asked }) => [
        playbook,
        String(decisions),
        String(changed),
        `${published.before} → ${published.after}`,
        `${asked.before} → ${asked.after}`,
      ]),
    ]),
    ...examples.flatMap((one) => ["", ...exampleWords(one)]),
    "",
    `Outcomes: ${outcomes.publishing} decisions publish under the change, ${outcomes.matched} of them do what they did.`,
    ...outcomes.estimates.map(({ outcome, observed, estimated, bounds, words }) => {
      const was = observed ? percent(observed.rate) : "none";
      if (!estimated || !bounds) return `  ${outcome}: was ${was}. ${words}`;
      const { rate, low, high } = estimated;
      const range = `${percent(low)} to ${percent(high)}`;
      const outer = `between ${percent(bounds.low)} and ${percent(bounds.high)} whatever the rest does`;
      return `  ${outcome}: was ${was}, estimated ${percent(rate)} (95%: ${range}; ${outer}). ${words}`;
    }),
    "",
    ...caveats,
  ];
}

/** One decision that would come out otherwise, and why. */
export function exampleWords({ change, decisionId, before, after, why }: Example): readonly string[] {
  return [
    `${changeKindWords[change]}: ${decisionId}`,
    plain(`  was: ${runWords(before)}`),
    plain(`  is:  ${runWords(after)}`),
    ...why.slice(0, 5).map((one) => plain(`  ${one}`)),
  ];
}

type Example = WhatIfReport["examples"][number];

function runWords({ status, reason, placements, confidence }: OutcomeOfRun): string {
  const placed = placements.map(({ assetId, channel, place }) => `${assetId} at ${channel}/${place}`).join("; ");
  const sure = confidence ? ` (confidence ${confidence.value} of ${confidence.threshold})` : "";
  return `${status}${placed ? ` ${placed}` : ""}${sure}${reason ? `: ${reason}` : ""}`;
}

function percent(rate: number): string {
  return `${(rate * 100).toFixed(1)}%`;
}
