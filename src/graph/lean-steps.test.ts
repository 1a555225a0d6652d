import {
  Annotation,
  Command,
  END,
  interrupt,
  isInterrupted,
  MemorySaver,
  START,
  StateGraph,
} from "@langchain/langgraph/web";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { leanSteps } from "./lean-steps.ts";
import { quietCallbacks } from "./quiet-callbacks.ts";
import { route } from "./routing.ts";
import { installTurnStorage } from "./turn-storage.ts";

const names = ["a", "b", "c"] as const;
type Name = (typeof names)[number];
/** What each visit writes and where it goes from there. */
interface Visit {
  readonly patch: Partial<Record<"x" | "y", number | null>>;
  readonly to: Name | "end";
  readonly asks: boolean;
}

const State = Annotation.Root({
  script: Annotation<readonly Visit[]>,
  at: Annotation<number>,
  path: Annotation<readonly string[]>,
  x: Annotation<number | null>,
  y: Annotation<number | null>,
});
type Visited = typeof State.State;

function build(checkpointer = new MemorySaver()) {
  const node = (name: Name) => (state: Visited) => {
    const visit = state.script[state.at];
    if (visit?.asks) interrupt(`${name} asks`);
    return { ...visit?.patch, at: state.at + 1, path: [...state.path, name] };
  };
  // Reads what the node has just written, as a conditional edge must.
  const next = ({ script, at }: Visited) => script[at - 1]?.to ?? "end";
  const ends = { a: "a", b: "b", c: "c", end: "last" } as const;
  return new StateGraph(State)
    .addNode("a", node("a"))
    .addNode("b", node("b"))
    .addNode("c", node("c"))
    .addNode("last", ({ path }: Visited) => ({ path: [...path, "last"] }))
    .addEdge(START, "a")
    .addConditionalEdges("a", route(next), ends)
    .addConditionalEdges("b", next, ends)
    .addConditionalEdges("c", route(next), ends)
    .addEdge("last", END)
    .compile({ checkpointer });
}

type Graph = ReturnType<typeof build>;

/** Runs to the end, answering every question; each result on the way, and what is checkpointed at last. */
async function story(graph: Graph, script: readonly Visit[]): Promise<unknown[]> {
  const config = { configurable: { thread_id: "t" }, callbacks: quietCallbacks, durability: "exit" } as const;
  const told: unknown[] = [];
  let result = await graph.invoke({ script, at: 0, path: [], x: 0, y: 0 }, config);
  for (let asked = 0; isInterrupted(result) && asked <= script.length; asked++) {
    told.push({ ...result, __interrupt__: result.__interrupt__.map((one: { value?: unknown }) => one.value) });
    result = await graph.invoke(new Command({ resume: true }), config);
  }
  const kept = await graph.getState(config);
  return [...told, result, kept.values, kept.next];
}

const plain = (graph: Graph): Graph => graph;
const lean = (graph: Graph): Graph => leanSteps(graph);

beforeAll(installTurnStorage);

describe("lean steps", () => {
  const value = fc.option(fc.integer({ min: 0, max: 9 }));
  const visit = fc.record({
    patch: fc.record({ x: value, y: value }, { requiredKeys: [] }),
    to: fc.constantFrom(...names, "end" as const),
    asks: fc.boolean(),
  });

  it("go where the graph as LangGraph strings it together goes, write the same, and wait and resume the same", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(visit, { maxLength: 6 }), async (script) => {
        expect(await story(leanSteps(build()), script)).toEqual(await story(build(), script));
      }),
      { numRuns: 60 },
    );
  });

  it("resume, plain or lean, what the other left waiting", async () => {
    const script: Visit[] = [
      { patch: { x: 1 }, to: "b", asks: false },
      { patch: { y: 2 }, to: "end", asks: true },
    ];
    const config = { configurable: { thread_id: "t" } };
    for (const [first, second] of [
      [lean, plain],
      [plain, lean],
    ] as const) {
      const saver = new MemorySaver();
      const asked = await first(build(saver)).invoke({ script, at: 0, path: [], x: 0, y: 0 }, config);
      expect(isInterrupted(asked)).toBe(true);
      const ended = await second(build(saver)).invoke(new Command({ resume: true }), config);
      expect(ended).toMatchObject({ x: 1, y: 2, path: ["a", "b", "last"] });
    }
  });

  it("let a fault of a node through as it is", async () => {
    const fault = new Error("this one");
    const graph = new StateGraph(State)
      .addNode("a", () => {
        throw fault;
      })
      .addEdge(START, "a")
      .compile();
    await expect(leanSteps(graph).invoke({ script: [], at: 0, path: [], x: 0, y: 0 })).rejects.toBe(fault);
  });

  it("refuse an edge that leads nowhere, and a step outside of a graph", async () => {
    const lost = new StateGraph(State)
      .addNode("a", () => ({ at: 1 }))
      .addEdge(START, "a")
      .addConditionalEdges(
        "a",
        route((): string => "nowhere"),
        { known: END },
      )
      .compile();
    const input = { script: [], at: 0, path: [], x: 0, y: 0 };
    await expect(leanSteps(lost).invoke(input)).rejects.toMatchObject({ code: "corrupt" });
    await expect(leanSteps(build()).nodes.a.getNode()?.invoke(input)).rejects.toMatchObject({ code: "corrupt" });
  });

  it("refuse a LangGraph whose channels have other names", () => {
    for (const channel of ["branch:to:a", "branch:to:last"]) {
      const channels = Object.fromEntries(Object.entries(build().channels).filter(([name]) => name !== channel));
      expect(() => leanSteps(Object.assign(Object.create(build()), { channels }))).toThrow(channel);
    }
  });
});
