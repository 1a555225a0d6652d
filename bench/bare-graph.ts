import { rmSync } from "node:fs";
import { Annotation, END, START, StateGraph } from "@langchain/langgraph";
import { SqliteSaver } from "@langchain/langgraph-checkpoint-sqlite";
import { atOnce } from "./figures.ts";

/** The yardstick: five no-op nodes with the SQLite saver at its defaults. Prints runs a second, as JSON. */
const [file = "", count = "2000", width = "16"] = process.argv.slice(2);
const State = Annotation.Root({ step: Annotation<string> });
const graph = new StateGraph(State)
  .addNode("a", () => ({ step: "a" }))
  .addNode("b", () => ({ step: "b" }))
  .addNode("c", () => ({ step: "c" }))
  .addNode("d", () => ({ step: "d" }))
  .addNode("e", () => ({ step: "e" }))
  .addEdge(START, "a")
  .addEdge("a", "b")
  .addEdge("b", "c")
  .addEdge("c", "d")
  .addEdge("d", "e")
  .addEdge("e", END)
  .compile({ checkpointer: SqliteSaver.fromConnString(file) });

const run = async (thread: string) => {
  await graph.invoke({ step: "" }, { configurable: { thread_id: thread } });
};
await atOnce(300, Number(width), (index) => run(`warm-${index}`));
const { perSecond } = await atOnce(Number(count), Number(width), (index) => run(`run-${index}`));
process.stdout.write(`${JSON.stringify({ perSecond })}\n`);
for (const suffix of ["", "-wal", "-shm"]) rmSync(`${file}${suffix}`, { force: true });
