import { describe, expect, it } from "vitest";
import { aComparison, aReport, someRuns, someUnusable } from "../../../test/support/eval-report.ts";
import { terminalReport } from "./terminal.ts";

const whole = () => aReport({ unusable: someUnusable, comparison: aComparison });
const text = (lines: readonly string[]) => lines.join("\n");

describe("the report on a terminal", () => {
  it("says by group what passed, then all of it", () => {
    const lines = text(terminalReport(whole()));
    expect(lines).toMatch(/^Evals of vouchsafe 0\.1\.0\nplanner rules 1 · ruleset 2026-11-01\.2 · 1\.2 s on 2 cores$/m);
    expect(lines).toMatch(/^✗ email {2}░{24} {2}0\/2 {2}2 failed$/m);
    expect(lines).toMatch(/^✓ web {4}█{24} {2}1\/1$/m);
    expect(lines).toContain("1 of 3 scenarios passed, 2 failed, 1 run broke off, 3 problems in the files");
  });

  it("says each figure with what it rests on, and leaves out what rests on nothing", () => {
    const lines = text(terminalReport(whole()));
    expect(lines).toMatch(/^ {2}did the right thing +50% {2}of 2 moments$/m);
    expect(lines).toMatch(/^ {2}a fitting proof came first +100% {2}of 1 ranked moments$/m);
    expect(lines).toMatch(/no model was asked/);
    expect(lines).not.toMatch(/–|null|NaN|passed at least once/);
  });

  it("says of each failure where it is, at which step, and what was expected and came", () => {
    const lines = text(terminalReport(whole()));
    expect(lines).toMatch(/✗ denies-wrongly\n/);
    expect(lines).toContain("  tests.yaml:12");
    expect(lines).toMatch(
      / {4}step 1, lead\.page-viewed\.v1 of L-1\n {6}• action: expected show, got nothing \(denied:/,
    );
    expect(lines).toMatch(/The CRM does not answer\./);
    expect(lines).not.toContain("✗ shows-proof");
  });

  it("says what could not be used, each problem once with the scenarios that have it", () => {
    const lines = text(terminalReport(whole()));
    expect(lines).toMatch(
      /Not usable \(2\)\n\n✗ evals\/a\.yaml:3 {2}now\n {4}Invalid ISO datetime\n {4}not run: one, two\n/,
    );
    expect(lines).toMatch(/✗ evals\/b\.yaml:7\n/);
  });

  it("says what was lost against the baseline, and what passes now", () => {
    const lines = text(terminalReport(whole()));
    expect(lines).toContain("Against the baseline of 2026-11-20");
    expect(lines).toContain("✗ lost: denies-wrongly passed before and fails now.");
    expect(lines).toContain("✗ metric: rank.ndcgAt5 is 0.81");
    expect(lines).toContain("✓ passes now: shows-proof");
    expect(lines).toContain("The gate is shut.");
    const open = { ...aComparison, passed: true, problems: [], newlyPassing: [] };
    expect(text(terminalReport(aReport({ comparison: open })))).toContain("The gate is open: nothing was lost.");
  });

  it("fits 80 columns, and lets no text of a file move the cursor", () => {
    const lines = terminalReport(whole());
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(text(lines)).not.toContain("\u001b");
  });

  it("has colours where they are asked for, and the same words", () => {
    const coloured = text(terminalReport(whole(), true));
    expect(coloured).toContain("\u001b[31m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of.
    expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(text(terminalReport(whole())));
  });

  it("says how often each of several runs failed", () => {
    const runs = [...someRuns(0), ...someRuns(1)].slice(0, 5);
    const lines = text(terminalReport(aReport({ runs, repeats: 2 })));
    expect(lines).toMatch(/✗ denies-wrongly {2}in 2 of 2 runs/);
    expect(lines).toMatch(/passed at least once of 2/);
  });

  it("says of nothing that there was nothing", () => {
    expect(text(terminalReport(aReport({ runs: [] })))).toContain("0 of 0 scenarios passed");
  });
});
