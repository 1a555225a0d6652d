import { Runnable, type RunnableConfig } from "@langchain/core/runnables";
import { attemptOf, type Node } from "./attempt.ts";
import { asStep } from "./run-recorder.ts";
import type { Patch, State } from "./state.ts";

/** Puts a node of ours into LangGraph's form, and notes what it took in milliseconds (added up when it runs again). */
export function timed(name: string, node: Node): Runnable<State, Patch> {
  return new TimedNode(name, node);
}

/** A Runnable of its own: the wrapper that LangGraph puts round a function costs a run tree and a callback round. */
class TimedNode extends Runnable<State, Patch> {
  override lc_namespace = ["vouchsafe", "graph"];
  override readonly name: string;
  readonly #node: Node;

  constructor(name: string, node: Node) {
    super();
    this.name = name;
    this.#node = node;
  }

  override async invoke(state: State, config?: Partial<RunnableConfig>): Promise<Patch> {
    const attempt = attemptOf(config);
    const startedAt = performance.now();
    try {
      const { recorder } = attempt;
      if (recorder === null) return await this.#node(state, attempt);
      return await asStep(recorder, "node", this.name, () => this.#node(state, attempt));
    } finally {
      const took = (attempt.timingsMs[this.name] ?? 0) + performance.now() - startedAt;
      attempt.timingsMs[this.name] = Math.round(took * 100) / 100;
    }
  }
}
