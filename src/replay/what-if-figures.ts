import { type ChangeKind, changeKind, type RequestedChange, type WhatIfReport } from "../domain/what-if-report.ts";
import type { Under } from "./causes.ts";
import type { Compared, NotCompared } from "./compared.ts";
import type { Change } from "./replay.ts";
import { isPublishing, shown, whyOtherwise } from "./run-summary.ts";

interface Figures {
  readonly at: number;
  readonly under: Under;
  readonly change: Change;
  readonly requested: RequestedChange;
  readonly compared: readonly Compared[];
  readonly notCompared: readonly NotCompared[];
  readonly outcomes: WhatIfReport["outcomes"];
}

/** The comparisons as counts, with some of them as examples. */
export function toWhatIfReport(figures: Figures): WhatIfReport {
  const { at, under, change, requested, compared, notCompared, outcomes } = figures;
  const changed = compared.filter(isChanged);
  return {
    kind: "what-if",
    at: new Date(at).toISOString(),
    under: {
      software: under.software,
      ruleset: under.ruleset,
      planner: `${under.planner.kind}@${under.planner.version}`,
    },
    change: changeWords(change, requested),
    counts: {
      decisions: compared.length + notCompared.length,
      compared: compared.length,
      changed: changed.length,
      notCompared: notCompared.length,
      drifted: compared.filter(({ isDrifted }) => isDrifted).length,
    },
    byChange: changeKind.options.flatMap((kind) => {
      const count = compared.filter(({ kinds }) => kinds.includes(kind)).length;
      return count > 0 ? [{ change: kind, count }] : [];
    }),
    transitions: transitionsOf(compared),
    byPlaybook: byPlaybook(compared),
    examples: changeKind.options.flatMap((kind) => examplesOf(kind, changed)),
    notCompared: notCompared.map(({ decisionId, causes }) => ({ decisionId, causes })),
    readToday: readToday(compared),
    outcomes,
    caveats: caveatsOf(figures),
  };
}

const examplesPerKind = 3;

function isChanged({ kinds }: Compared): boolean {
  return !kinds.includes("same");
}

function examplesOf(change: ChangeKind, changed: readonly Compared[]): WhatIfReport["examples"] {
  const those = changed.filter(({ kinds }) => kinds.includes(change)).slice(0, examplesPerKind);
  return those.map(({ decisionId, before, after }) => ({
    change,
    decisionId,
    before: shown(before),
    after: shown(after),
    why: whyOtherwise(before, after),
  }));
}

function transitionsOf(compared: readonly Compared[]): WhatIfReport["transitions"] {
  const counts = new Map<string, { from: string; to: string; count: number }>();
  for (const { before, after } of compared) {
    const [from, to] = [before.last.status, after.last.status];
    const known = counts.get(`${from} ${to}`);
    if (known) known.count++;
    else counts.set(`${from} ${to}`, { from, to, count: 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || (`${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1));
}

/** By the playbook that the decision was made under; by the new one where there was none. */
function byPlaybook(compared: readonly Compared[]): WhatIfReport["byPlaybook"] {
  const groups = new Map<string, Compared[]>();
  for (const one of compared) groups.set(playbookOf(one), [...(groups.get(playbookOf(one)) ?? []), one]);
  return [...groups]
    .map(([playbook, those]) => {
      const count = (holds: (one: Compared) => boolean) => those.filter(holds).length;
      return {
        playbook,
        decisions: those.length,
        changed: count(isChanged),
        published: {
          before: count(({ before }) => isPublishing(before)),
          after: count(({ after }) => isPublishing(after)),
        },
        asked: { before: count(({ before }) => before.wasAsked), after: count(({ after }) => after.wasAsked) },
      };
    })
    .sort((a, b) => (a.playbook < b.playbook ? -1 : 1));
}

function playbookOf({ before, after }: Compared): string {
  return before.last.playbook?.id ?? after.last.playbook?.id ?? "none";
}

function readToday(compared: readonly Compared[]): WhatIfReport["readToday"] {
  const sum = (of: (one: Compared) => number) => compared.reduce((total, one) => total + of(one), 0);
  const byDecision = compared.flatMap(({ decisionId, today }) => {
    const reads = today.searches + today.assets + today.leads + today.plans;
    return reads > 0 ? [{ decisionId, reads }] : [];
  });
  return {
    decisions: byDecision.length,
    searches: sum(({ today }) => today.searches),
    assets: sum(({ today }) => today.assets),
    leads: sum(({ today }) => today.leads),
    plans: sum(({ today }) => today.plans),
    byDecision,
  };
}

function changeWords(change: Change, { policies = [], policySet }: RequestedChange): string[] {
  const { threshold } = change;
  return [
    ...change.playbooks.map(({ id, version }) => `playbook ${id} v${version}`),
    ...policies.map(({ name }) => `policy ${name}`),
    ...(policySet ? [`policies ${policySet.map(({ name }) => name).join(", ") || "none"}`] : []),
    ...(typeof threshold === "number" ? [`threshold ${threshold}`] : []),
    ...(typeof threshold === "object" && threshold !== null
      ? Object.entries(threshold).map(([id, value]) => `threshold ${value} for ${id}`)
      : []),
    ...(change.profile ? ["profile"] : []),
    ...(change.brand ? ["brand"] : []),
    ...(change.planner ? [`planner ${change.planner.kind}`] : []),
  ];
}

function caveatsOf({ compared, notCompared }: Figures): string[] {
  const today = readToday(compared);
  return [
    "Each decision is taken by itself: what one more or one less contact does to the lead's later decisions is not played out.",
    "People's answers are taken as given, and only for exactly the content that they saw; what is newly asked is not answered.",
    ...(today.decisions > 0
      ? [
          `In ${today.decisions} decisions something was read that the recording does not hold; it was read as things stand today.`,
        ]
      : []),
    ...(today.plans > 0
      ? [`${today.plans} times a recorded planner would have been asked again; its answer is not known.`]
      : []),
    ...(notCompared.length > 0
      ? [`${notCompared.length} decisions could not be compared; they are listed with the reason.`]
      : []),
  ];
}
