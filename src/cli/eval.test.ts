import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runCommand } from "../../test/support/cli.ts";
import type { EvalReport } from "../evals/eval.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vouchsafe-eval-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const evaluate = (argv: readonly string[]) =>
  runCommand(["eval", ...argv, "--workers", "1"], { VOUCHSAFE_DATA_DIR: join(folder, "var") });

const event = { type: "lead.page-viewed.v1", lead: "L-1", data: { url: "https://www.tidewise.example/pricing" } };
const scenario = (id: string, action: string, changes: Record<string, unknown> = {}) => ({
  id,
  title: `The scenario ${id}`,
  group: "tests",
  tags: ["web"],
  now: "2026-11-03T10:00:00Z",
  assets: [{ like: "nordlicht-in-neun-tagen-live", assetId: "proof" }],
  leads: [{ like: "L-1042", leadId: "L-1" }],
  steps: [{ event, expect: { action } }],
  ...changes,
});
const right = scenario("right", "show");
const wrong = scenario("wrong", "ask", { group: "others", tags: ["web", "slow"] });
const unusable = scenario("unusable", "show", { steps: [{ event, expects: {} }] });

function write(...scenarios: readonly unknown[]): string {
  const file = join(folder, "some.jsonl");
  writeFileSync(file, scenarios.map((one) => JSON.stringify(one)).join("\n"));
  return file;
}
const at = (name: string) => join(folder, name);

// The first one loads the whole product.
describe("vouchsafe eval", { timeout: 60_000 }, () => {
  it("says that everything passed, touches no data folder, and ends well", async () => {
    const { code, out, err } = await evaluate([write(right)]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("1 of 1 scenario passed");
    expect(existsSync(at("var"))).toBe(false);
  });

  it("says what failed: 1; and writes it as JSON, JUnit XML and a page", async () => {
    const files = ["r.json", "r.xml", "r.html"].map(at);
    const [json = "", junit = "", html = ""] = files;
    const options = ["--json", json, "--junit", junit, "--html", html, "--repeat", "2"];
    const { code, out, err } = await evaluate([write(right, wrong), ...options]);
    expect(code).toBe(1);
    expect(out).toContain("✗ wrong  in 2 of 2 runs");
    expect(err.split("\n")).toEqual(files.map((file) => `${file} is written.`));
    const report: EvalReport = JSON.parse(readFileSync(json, "utf8"));
    expect(report.summary.totals).toMatchObject({ scenarios: 2, passed: 1, failed: 1 });
    expect(report.repeats).toBe(2);
    expect(readFileSync(junit, "utf8")).toMatch(/<testcase name="wrong" classname="evals\.others"[^>]*>\n\s*<failure /);
    expect(readFileSync(html, "utf8")).toContain("<h1>1 of 2 scenarios passed</h1>");
  });

  it("plays what can be used and names what can't by file, line and field: 2", async () => {
    const { code, out } = await evaluate([write(right, unusable)]);
    expect(code).toBe(2);
    expect(out).toContain("1 of 1 scenario passed, 1 problem in the files");
    expect(out.replace(/\s+/g, " ")).toContain("some.jsonl:2 steps/0/expects unknown field; did you mean expect?");
    expect(out).toContain("not run: unusable");
    const none = await evaluate([at("nowhere.yaml"), "--json"]);
    expect(none.code).toBe(2);
    expect(JSON.parse(none.out).unusable).toMatchObject([{ message: "there is no such file or folder" }]);
  });

  it("plays only what is asked for, by tags, groups and ids", async () => {
    const file = write(right, wrong, scenario("other", "show", { tags: ["slow"] }));
    const played = async (...options: string[]) => {
      const report: EvalReport = JSON.parse((await evaluate([file, "--json", ...options])).out);
      return report.runs.map(({ run }) => run.scenario.id);
    };
    expect(await played("--tag", "web", "--tag", "slow")).toEqual(["wrong"]);
    expect(await played("--group", "tests", "--group", "nowhere")).toEqual(["right", "other"]);
    expect(await played("--id", "right", "--id", "wrong")).toEqual(["right", "wrong"]);
    const none = await evaluate([file, "--tag", "nobody"]);
    expect([none.code, none.err]).toEqual([2, "error: no scenario has all that was asked for: nobody."]);
  });

  it.each([
    [["--repeat", "0"], "a whole number from 1 to 100"],
    [["--planner", "oracle"], "Allowed choices are rules, llm"],
    [["--html", "evals/scenarios/happy-paths.yaml"], "a file that ends in .html"],
    [["--json", "evals/scenarios/happy-paths.yaml"], "a file that ends in .json"],
    [["--junit", "some.jsonl"], "a file that ends in .xml"],
    [["--baseline", "evals/scenarios"], "a file that ends in .json"],
  ])("does not understand %j: 2", async (options, words) => {
    const { code, err } = await evaluate(options);
    expect(code).toBe(2);
    expect(err).toContain(words);
  });
});

describe("the baseline", { timeout: 60_000 }, () => {
  it("is held against the run: what it lost is named, 1; what failed before is no loss", async () => {
    const file = at("baseline.json");
    const metrics = {};
    const changes = [{ at: "2026-11-20T08:00:00Z", reason: "The first.", what: [] }];
    const against = async (scenarios: Record<string, string>) => {
      writeFileSync(file, JSON.stringify({ changes, metrics, scenarios }));
      return evaluate([write(right, wrong), "--baseline", file]);
    };
    const lost = await against({ right: "passed", wrong: "passed" });
    expect(lost.code).toBe(1);
    expect(lost.out).toContain("✗ lost: wrong (");
    expect(lost.out).toContain("The gate is shut.");
    const known = await against({ right: "failed", wrong: "failed" });
    expect(known.code).toBe(0);
    expect(known.out).toContain("✓ passes now: right");
    expect(known.out).toContain("The gate is open");
  });

  it("that is not there or is none is said before anything is played: 1", async () => {
    const missing = await evaluate([write(right), "--baseline", at("none.json")]);
    expect([missing.code, missing.out]).toEqual([1, ""]);
    expect(missing.err).toContain("Write one: vouchsafe eval --baseline-write");
    writeFileSync(at("broken.json"), "{");
    const broken = await evaluate([write(right), "--baseline", at("broken.json")]);
    expect([broken.code, broken.out]).toEqual([1, ""]);
  });

  it("is not written of a part of the scenarios", async () => {
    const { code, err } = await evaluate([write(right), "--baseline", at("b.json"), "--baseline-write", "Because."]);
    expect(code).toBe(1);
    expect(err).toContain("leave out the paths and filters");
    expect(existsSync(at("b.json"))).toBe(false);
  });
});
