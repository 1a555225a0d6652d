import { describe, expect, it } from "vitest";
import { aComparison, aReport, someRuns, someUnusable } from "../../../test/support/eval-report.ts";
import { aDecision, aMoment, aRun } from "../../../test/support/eval-runs.ts";
import { gradeRun } from "../graders/grade-run.ts";
import { evalPage } from "./eval-page.ts";

const whole = () => evalPage(aReport({ unusable: someUnusable, comparison: aComparison }));
/** What is between two tags, whatever stands around it. */
const section = (page: string, id: string) =>
  page.split(`<section class="card" id="${id}"`)[1]?.split("</section>")[0] ?? "";

describe("the page", () => {
  it("is one file that fetches nothing and runs nothing but its own script", async () => {
    const page = await whole();
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    const addresses = [...page.matchAll(/\b(?:src|href|action|poster|srcset|data|xlink:href)="([^"]*)"/g)];
    for (const [, address] of addresses) expect(address).toMatch(/^(?:#|data:image\/svg)/);
    expect(page).not.toMatch(/@import|url\(|<link rel="stylesheet"|<iframe|<img|<object|<embed/);
    expect(page).toMatch(
      /Content-Security-Policy" content="default-src &#39;none&#39;; .*script-src &#39;sha256-[A-Za-z0-9+/=]{44}&#39;"/,
    );
    expect(page).not.toMatch(/ on[a-z]+="/);
    expect(page).not.toMatch(/ style="/);
  });

  it("lets no text of a scenario be markup", async () => {
    const page = await whole();
    expect(page.split("<script").length - 1).toBe(1);
    expect(page.split("</title>").length - 1).toBe(page.split("<title>").length - 1);
    expect(section(page, "failures")).toContain("&lt;script&gt;alert(");
    expect(section(page, "unusable")).toContain("&lt;script&gt;alert(");
  });

  it("closes every element that it opens, in order", async () => {
    const page = (await whole()).replace(/<(style|script)>[\s\S]*?<\/\1>/g, "");
    const open: string[] = [];
    const empty = new Set(["meta", "link", "input", "rect", "line", "circle", "path"]);
    for (const [, close, name = "", rest = ""] of page.matchAll(/<(\/?)([a-z0-9]+)((?:"[^"]*"|[^">])*)>/g)) {
      if (close) expect(open.pop()).toBe(name);
      else if (!rest.endsWith("/") && !empty.has(name)) open.push(name);
    }
    expect(open).toEqual([]);
  });

  it("has no id twice, and leads to what is there", async () => {
    const page = await whole();
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
    for (const [, label] of page.matchAll(/aria-labelledby="([^"]+)"/g)) expect(ids).toContain(label);
  });

  it("says at its head what ran, what passed, with which versions", async () => {
    const page = await whole();
    expect(page).toContain("<h1>1 of 3 scenarios passed</h1>");
    expect(page).toMatch(/2 failed, 1 run broke off, 3 problems in the scenario files\./);
    for (const fact of ["2026-11-25 04:00 UTC", "rules 1", "2026-11-01.2", "1.2 s on 2 cores"])
      expect(page).toContain(fact);
    expect(page).toContain("✕ The gate is shut");
  });

  it("tells the story of a failure: what it is about, what happened, what was expected and what came", async () => {
    const failed = section(await whole(), "failures");
    expect(failed).toContain("<code>tests.yaml:12</code>");
    expect(failed).toContain('<time datetime="2026-11-03T10:00:00.000Z">Tue, 3 Nov 2026, 10:00 UTC</time>');
    expect(failed).toContain("L-1 page viewed");
    expect(failed).toMatch(/<b>✕ action<\/b> expected show, got nothing/);
    expect(failed).toMatch(/<h4>Expected<\/h4><ul><li class="lacking">grant\.territory<\/li><\/ul>/);
    expect(failed).toMatch(/<h4>Came<\/h4><ul><li class="other">consent\.channel<\/li><\/ul>/);
    expect(failed).toContain("Nothing is shown: the rules do not allow it.");
    expect(failed).toMatch(/denies<\/span><code>consent\.channel<\/code><span>What consent\.channel says\./);
    expect(failed).toContain("The CRM does not answer.");
    expect(failed).toContain("Not reached: L-1 page viewed");
  });

  it("says in words what rests on nothing, and draws nothing of it", async () => {
    const page = await evalPage(aReport({ runs: [] }));
    expect(page).toContain("<h1>No scenario was run</h1>");
    expect(section(page, "confidence")).toContain("No scenario says of a choice whether it was right.");
    expect(section(page, "rank")).toContain("No scenario grades how well assets fit.");
    expect(section(page, "cost")).toContain("No model was asked, so there are no tokens to count.");
    expect(page).not.toMatch(/NaN|undefined|Infinity|id="failures"|id="baseline"|id="unusable"/);
  });

  it("draws what there is: confidence, ranks, times and tokens", async () => {
    const runs = [
      ...someRuns(),
      gradeRun(aRun([aMoment(aDecision(), { tokens: 900 })], { written: { id: "by-a-model", group: "models" } })),
    ];
    const page = await evalPage(aReport({ runs }));
    for (const id of ["confidence", "rank"]) expect(section(page, id)).toMatch(/<svg class="chart"[^>]*role="img"/);
    expect(section(page, "cost").split("<svg").length - 1).toBe(2);
    expect(section(page, "rules")).toMatch(/<code>grant\.territory<\/code>/);
  });

  it("folds stories past the fifth, and opens none but failures", async () => {
    const many = Array.from({ length: 7 }, (_, index) =>
      gradeRun(aRun([], { written: { id: `broken-${index}` }, fault: "It broke." })),
    );
    const failed = section(await evalPage(aReport({ runs: many })), "failures");
    expect(failed.split("<article").length - 1).toBe(7);
    expect(failed.split("<details>").length - 1).toBe(2);
  });

  it("lists every scenario once, to be found by its words", async () => {
    const all = section(await whole(), "scenarios");
    expect(all.split('class="scenario"').length - 1).toBe(3);
    expect(all).toContain('data-words="shows-proof shows the fitting proof web passed"');
    expect(all).toMatch(/<form class="filter"[^>]* hidden>/);
  });
});
