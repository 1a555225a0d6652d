import { describe, expect, it } from "vitest";
import { AppError } from "../domain/errors.ts";
import type { ToolBox } from "../tools/tool.ts";
import { asStep, makeRunRecorder, recordTools } from "./run-recorder.ts";

const run = { decisionId: "dec_1", attempt: 1, status: "published", playbook: null, planner: null } as const;
const box: ToolBox = {
  names: ["search-proof"],
  offers: [],
  call: async (_name, input) => {
    if (input === "bad") throw new AppError("invalid", "Jonas is not a number.");
    return "found";
  },
};

describe("a run's recorder", () => {
  it("notes nodes and, under the one that is open, its tools", async () => {
    const recorder = makeRunRecorder(1000);
    const tools = recordTools(box, recorder);
    await asStep(recorder, "node", "observe", async () => {});
    await asStep(recorder, "node", "plan", async () => {
      await Promise.all([tools.call("search-proof", 1), tools.call("search-proof", 2)]);
    });
    const trace = recorder.finish(run);
    expect(trace).toMatchObject({ ...run, startedAt: 1000, traceparent: null });
    expect(trace.steps.map(({ kind, name, parent }) => [kind, name, parent])).toEqual([
      ["node", "observe", null],
      ["node", "plan", null],
      ["tool", "search-proof", 1],
      ["tool", "search-proof", 1],
    ]);
    for (const { fromMs, toMs, parent } of trace.steps) {
      const under = parent === null ? { fromMs: 0, toMs: trace.ms } : trace.steps[parent];
      expect(fromMs).toBeGreaterThanOrEqual(under?.fromMs ?? Number.NaN);
      expect(toMs).toBeLessThanOrEqual(under?.toMs ?? Number.NaN);
    }
  });

  it("keeps an error's code and none of its words, and passes it on", async () => {
    const recorder = makeRunRecorder(0);
    const tools = recordTools(box, recorder);
    const planning = asStep(recorder, "node", "plan", () => tools.call("search-proof", "bad"));
    await expect(planning).rejects.toThrow("Jonas");
    const named = Object.assign(new Error("Jonas"), { name: "Jonas Mustermann" });
    await expect(asStep(recorder, "node", "act", () => Promise.reject(named))).rejects.toBe(named);
    const trace = recorder.finish({ ...run, status: "fault" });
    expect(trace.steps.map(({ error }) => error)).toEqual(["invalid", "invalid", "fault"]);
    expect(JSON.stringify(trace)).not.toContain("Jonas");
  });

  it("does not note a tool that a planner made up", async () => {
    const recorder = makeRunRecorder(0);
    await recordTools(box, recorder).call("mail-jonas@example.com", 1);
    expect(recorder.finish(run).steps).toEqual([]);
  });

  it("ends what was open when the run was cut off", () => {
    const recorder = makeRunRecorder(0);
    recorder.begin("node", "plan");
    const { steps, ms } = recorder.finish(run);
    expect(steps[0]?.toMs).toBe(ms);
  });

  it("is plain data, and costs nothing where there is none", async () => {
    const recorder = makeRunRecorder(0);
    await asStep(recorder, "node", "plan", async () => {});
    const trace = recorder.finish(run);
    expect(structuredClone(trace)).toEqual(trace);
    expect(recordTools(box, null)).toBe(box);
    expect(await asStep(null, "node", "plan", async () => 1)).toBe(1);
  });
});
