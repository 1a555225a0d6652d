import { describe, expect, it } from "vitest";
import { decisionId } from "../../domain/ids.ts";
import type { ReplayReport } from "../../domain/replay-report.ts";
import type { OutcomeEstimate, OutcomeOfRun, WhatIfReport } from "../../domain/what-if-report.ts";
import { replayPage } from "./replay-page.ts";

const hostile = `</title><script>alert("x")</script> & 'quoted'`;
const [one, two] = [
  decisionId.parse("dec_01K00000000000000000000001"),
  decisionId.parse("dec_01K00000000000000000000002"),
];
const scope = { decision: null, since: Date.parse("2026-11-24T04:30:00Z"), until: null };
const under = { software: "0.1.0", ruleset: "2026-11-01.2", planner: "rules@1" };
const at = "2026-11-25T04:30:00.000Z";

const shown: OutcomeOfRun = {
  status: "published",
  reason: null,
  playbook: "evaluation-proof v1",
  placements: [{ assetId: "quote-a", assetVersion: 1, channel: "web", place: "pricing-hero" }],
  confidence: { value: 0.8, threshold: 0.75 },
};
const asked: OutcomeOfRun = {
  ...shown,
  status: "awaiting-approval",
  playbook: "evaluation-proof v2",
  confidence: { value: 0.8, threshold: 0.85 },
};
const reported: OutcomeEstimate = {
  outcome: "clicked",
  observed: { rate: 0.12, decisions: 66 },
  estimated: { rate: 0.14, low: 0.08, high: 0.21, method: "unweighted-wilson", decisions: 48 },
  bounds: { low: 0.06, high: 0.35 },
  words: "Some do what the log never did.",
};
const unreported: OutcomeEstimate = {
  outcome: "replied",
  observed: null,
  estimated: null,
  bounds: null,
  words: "No estimate: none was reported.",
};

function aWhatIf(over: Partial<WhatIfReport> = {}): WhatIfReport {
  const of = { decisions: 10, changed: 2, published: { before: 7, after: 5 }, asked: { before: 1, after: 3 } };
  return {
    kind: "what-if",
    at,
    under,
    change: ["playbook evaluation-proof v2", `policy ${hostile}`],
    counts: { decisions: 12, compared: 11, changed: 2, notCompared: 1, drifted: 1 },
    byChange: [
      { change: "same", count: 9 },
      { change: "newly-to-person", count: 2 },
      { change: "other-asset", count: 1 },
    ],
    transitions: [
      { from: "published", to: "published", count: 9 },
      { from: "published", to: "awaiting-approval", count: 2 },
    ],
    byPlaybook: [
      { ...of, playbook: "calm", changed: 0, decisions: 1 },
      { ...of, playbook: "evaluation-proof" },
    ],
    examples: [
      { change: "newly-to-person", decisionId: one, before: shown, after: asked, why: [hostile] },
      { change: "other-asset", decisionId: one, before: shown, after: asked, why: [hostile] },
      { change: "newly-to-person", decisionId: two, before: shown, after: { ...asked, reason: hostile }, why: [] },
    ],
    notCompared: [{ decisionId: two, causes: [{ kind: "lead-erased", words: hostile }] }],
    readToday: {
      decisions: 1,
      searches: 2,
      assets: 3,
      leads: 0,
      plans: 0,
      byDecision: [{ decisionId: one, reads: 5 }],
    },
    outcomes: { publishing: 9, matched: 6, supported: 7, unsupported: 2, estimates: [reported, unreported] },
    caveats: ["Each decision is taken by itself.", hostile],
    ...over,
  };
}

function anEmptyWhatIf(): WhatIfReport {
  return aWhatIf({
    counts: { decisions: 0, compared: 0, changed: 0, notCompared: 0, drifted: 0 },
    byChange: [],
    transitions: [],
    byPlaybook: [],
    examples: [],
    notCompared: [],
    readToday: { decisions: 0, searches: 0, assets: 0, leads: 0, plans: 0, byDecision: [] },
    outcomes: { publishing: 0, matched: 0, supported: 0, unsupported: 0, estimates: [unreported] },
  });
}

function aReplay(over: Partial<ReplayReport> = {}): ReplayReport {
  const differences = Array.from({ length: 7 }, (_, index) => ({
    pointer: `/placements/${index}/framing`,
    recorded: "What others say",
    replayed: hostile,
  }));
  return {
    kind: "replay",
    at,
    under,
    counts: { decisions: 3, same: 1, different: 1, unexplained: 1, notReplayed: 1 },
    decisions: [
      {
        decisionId: one,
        outcome: "different",
        attempts: 2,
        differences: [{ pointer: "/confidence", recorded: { value: 0.8 } }, ...differences],
        causes: [{ kind: "unexplained", words: "Something that decides is not recorded." }],
      },
      {
        decisionId: two,
        outcome: "not-replayed",
        attempts: 0,
        differences: [],
        causes: [{ kind: "lead-erased", words: hostile }],
      },
    ],
    ...over,
  };
}

const everything = [aWhatIf(), anEmptyWhatIf(), aReplay()] as const;
/** What is between two tags, whatever stands around it. */
const section = (page: string, id: string) =>
  page.split(`<section class="card" id="${id}"`)[1]?.split("</section>")[0] ?? "";

describe.each(everything)("the page of any report", (report) => {
  it("is one file that fetches nothing and runs nothing but its own script", async () => {
    const page = await replayPage(report, scope);
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    for (const [, address] of page.matchAll(/\b(?:src|href|action|data|srcset)="([^"]*)"/g))
      expect(address).toMatch(/^(?:#|data:image\/svg)/);
    expect(page).not.toMatch(/@import|url\(|<iframe|<img|<object| on[a-z]+="| style="/);
  });

  it("lets no text be markup", async () => {
    const page = await replayPage(report, { ...scope, decision: hostile });
    expect(page.split("<script").length - 1).toBe(1);
    expect(page.split("</title>").length - 1).toBe(1);
    expect(page).toContain("&lt;script&gt;alert(&quot;x&quot;)");
  });

  it("closes what it opens, has no id twice, and leads to what is there", async () => {
    const page = (await replayPage(report, scope)).replace(/<(style|script)>[\s\S]*?<\/\1>/g, "");
    const open: string[] = [];
    for (const [, close, name = "", rest = ""] of page.matchAll(/<(\/?)([a-z0-9]+)((?:"[^"]*"|[^">])*)>/g)) {
      if (close) expect(open.pop()).toBe(name);
      else if (!rest.endsWith("/") && !["meta", "link"].includes(name)) open.push(name);
    }
    expect(open).toEqual([]);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/(?:href="#|aria-labelledby=")([^"]+)"/g)) expect(ids).toContain(target);
  });

  it("has no figure that is none", async () => {
    expect(await replayPage(report, scope)).not.toMatch(/NaN|undefined|Infinity|Invalid/);
  });
});

describe("a what-if", () => {
  it("says at its head what would come out otherwise, under what, and of when", async () => {
    const page = await replayPage(aWhatIf(), scope);
    expect(page).toContain("<h1>2 of 11 decisions would come out otherwise</h1>");
    expect(page).toContain("<strong>playbook evaluation-proof v2</strong>");
    expect(page).toContain("<dd>24 Nov 2026, 04:30 to 25 Nov 2026, 04:30 UTC</dd>");
    expect(page).toContain("<dd>11 of 12</dd>");
    expect(page).toContain("! 1 decision could not be compared");
    expect(page).toContain("1 decision would come out otherwise in this version of vouchsafe even without the change.");
  });

  it("shows kinds as bars that judge nothing, and results as a matrix that marks changes by more than colour", async () => {
    const page = await replayPage(aWhatIf(), scope);
    expect(section(page, "changes")).toMatch(
      /newly to a person<\/th><td class="bar-cell"><svg class="bar bar-neutral"/,
    );
    expect(section(page, "changes")).toContain('class="bar-part" width="18.2"');
    const results = section(page, "transitions");
    expect(results).toMatch(
      /shown<\/th><td class="cell cell-same[^>]*>9<\/td><td class="cell cell-other[^>]*>2<span[^>]*> ≠/,
    );
  });

  it("puts playbooks that change first and folds the others", async () => {
    const playbooks = section(await replayPage(aWhatIf(), scope), "playbooks");
    expect(playbooks).toMatch(
      /evaluation-proof<\/th><td class="figure">2 of 10<[\s\S]*7 → 5[\s\S]*1 → 3[\s\S]*<details>/,
    );
    expect(playbooks).toMatch(/<summary>1 playbook without any change<\/summary>[\s\S]*calm/);
  });

  it("sets each example once, before beside after, with what differs marked and why", async () => {
    const examples = section(await replayPage(aWhatIf(), scope), "examples");
    expect(examples.split("<article").length - 1).toBe(2);
    expect(examples).toMatch(/newly to a person<\/span><span class="badge badge-calm">another asset</);
    expect(examples).toContain("Was: shown. Would be: a person is asked");
    expect(examples).toContain('<div class="moved">≠ 0.8 (it takes 0.85)</div>');
    expect(examples).toContain("<dt>Proof</dt><dd>quote-a v1</dd>");
    expect(examples).toContain("<li>&lt;/title&gt;&lt;script&gt;");
  });

  it("gives outcomes with interval and bounds, or the words why there is none", async () => {
    const outcomes = section(await replayPage(aWhatIf(), scope), "outcomes");
    for (const said of ["12% of 66", "14%", "8% to 21%", "6% to 35%", "No estimate: none was reported."])
      expect(outcomes).toContain(said);
    expect(outcomes).toContain("For 1 a pilot that tried it on others shows what would follow.");
    expect(outcomes).toContain("2 would do what was never done before");
  });

  it("lists what was read today, what could not be compared and why, and the caveats", async () => {
    const page = await replayPage(aWhatIf(), scope);
    expect(section(page, "today")).toMatch(/<dt>searches<\/dt><dd>2<\/dd>/);
    expect(section(page, "left-out")).toContain("<code>lead-erased</code>: 1 decision");
    expect(section(page, "caveats")).toContain("<li>Each decision is taken by itself.</li>");
  });

  it("says of no decision that there was none, and of none that changes that all stay", async () => {
    const empty = await replayPage(anEmptyWhatIf(), scope);
    expect(empty).toContain("<h1>There was no decision to compare</h1>");
    for (const id of ["changes", "transitions", "playbooks"])
      expect(section(empty, id)).toContain("No decision was compared.");
    expect(section(empty, "today")).toContain("Nothing: all that was needed is in the recordings.");
    expect(empty).not.toMatch(/id="examples"|id="left-out"/);
    const counts = { decisions: 3, compared: 3, changed: 0, notCompared: 0, drifted: 0 };
    expect(await replayPage(aWhatIf({ counts }), scope)).toContain("<h1>All 3 decisions would come out the same</h1>");
    const none = { decisions: 3, compared: 0, changed: 0, notCompared: 3, drifted: 0 };
    expect(await replayPage(aWhatIf({ counts: none }), scope)).toContain(
      "<h1>None of 3 decisions could be compared</h1>",
    );
  });
});

describe("a replay", () => {
  it("counts, and shows every difference with its cause", async () => {
    const page = await replayPage(aReplay(), scope);
    expect(page).toContain("<h1>1 of 2 decisions came out otherwise</h1>");
    expect(page).toContain("✕ 1 unexplained");
    expect(section(page, "counts")).toMatch(/<dt>different and unexplained<\/dt><dd>1<\/dd>/);
    const differences = section(page, "differences");
    expect(differences).toContain("<code>unexplained</code>: Something that decides is not recorded.");
    expect(differences.split('<div class="beside">').length - 1).toBe(8);
    expect(differences).toMatch(
      /Recorded<\/h4><pre class="value">\{\n {2}&quot;value&quot;: 0\.8\n\}<\/pre>[\s\S]*?Replayed<\/h4><p class="soft">nothing</,
    );
    expect(differences).toContain("<summary>3 more</summary>");
    expect(section(page, "left-out")).toContain("Could not be replayed (1)");
  });

  it("says that all came out the same, or that there was nothing", async () => {
    const of = (same: number) =>
      aReplay({ counts: { decisions: same, same, different: 0, unexplained: 0, notReplayed: 0 }, decisions: [] });
    const page = await replayPage(of(82), scope);
    expect(page).toContain("<h1>All 82 decisions came out the same</h1>");
    expect(page).not.toMatch(/id="differences"|id="left-out"/);
    expect(await replayPage(of(0), { ...scope, since: null })).toContain("<h1>There was no decision to run again</h1>");
  });
});
