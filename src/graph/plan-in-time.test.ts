import { describe, expect, test } from "vitest";
import type { PlanRequest } from "../planners/planner.ts";
import type { ToolBox } from "../tools/tool.ts";
import { planInTime } from "./plan-in-time.ts";

const request = {} as unknown as PlanRequest;

function box() {
  const called: string[] = [];
  const tools: ToolBox = {
    names: ["search-proof"],
    offers: [],
    call: async (name) => {
      called.push(name);
      return "answer";
    },
  };
  return { called, tools };
}

describe("a planner", () => {
  test("that answers is heard, and a fault of it is its run's", async () => {
    const { tools, called } = box();
    const plan = async (_: PlanRequest, { call }: ToolBox) => call("search-proof", {});
    expect(await planInTime({ plan }, request, tools, 1000)).toBe("answer");
    expect(called).toEqual(["search-proof"]);
    const faulty = { plan: () => Promise.reject(new Error("no model")) };
    await expect(planInTime(faulty, request, tools, 1000)).rejects.toThrow("no model");
  });

  test("that never answers has no plan", async () => {
    expect(await planInTime({ plan: () => new Promise(() => {}) }, request, box().tools, 20)).toBeUndefined();
  });

  test("that asks on and on is answered no more once its time is over", async () => {
    const { tools, called } = box();
    let end: unknown = null;
    const plan = async (_: PlanRequest, { call }: ToolBox) => {
      try {
        for (;;) {
          await call("search-proof", {});
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      } catch (error) {
        end = error;
      }
    };
    expect(await planInTime({ plan }, request, tools, 20)).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve, 30));
    const before = called.length;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(called.length).toBe(before);
    expect(end).toMatchObject({ code: "invalid" });
  });

  test("that asks without a pause runs out of calls", async () => {
    const { tools, called } = box();
    const plan = async (_: PlanRequest, { call }: ToolBox) => {
      for (;;) await call("search-proof", {});
    };
    await expect(planInTime({ plan }, request, tools, 10_000)).rejects.toMatchObject({ code: "invalid" });
    expect(called).toHaveLength(200);
  });
});
