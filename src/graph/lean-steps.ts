import { Runnable, type RunnableConfig } from "@langchain/core/runnables";
import { END, START } from "@langchain/langgraph/web";
import { AppError } from "../domain/errors.ts";

/** What is read of a compiled StateGraph: its drawing, its channels, and the nodes that its loop runs. */
interface Compiled {
  readonly builder: {
    readonly nodes: Readonly<Record<string, { readonly runnable: Runnable }>>;
    readonly edges: ReadonlySet<readonly [string, string]>;
    readonly branches: Readonly<Record<string, Readonly<Record<string, Branch>>>>;
  };
  readonly channels: Readonly<Record<string, unknown>>;
  readonly nodes: Readonly<Record<string, PregelNode>>;
}

interface Branch {
  readonly path: Runnable;
  readonly ends?: Readonly<Record<string, string>> | undefined;
}

interface PregelNode {
  getNode(): Runnable | undefined;
  getWriters(): Runnable[];
}

/**
 * Lets each node of a compiled graph do in one call what LangGraph strings together from six Runnables: run the node,
 * write its patch, ask its edge where to go, write that. Each of the six merges configs, and a conditional edge rebuilds
 * every channel to see what the node wrote: half of a graph run's time. The loop, its checkpoints and interrupts stay
 * LangGraph's own. Needs channels that keep the last value written (the state after a node is then the state before it
 * with the patch over it), and nodes that return patches. Throws `config` when LangGraph's channels are not those this
 * was written for (1.7).
 */
export function leanSteps<G extends Compiled>(graph: G): G {
  for (const [name, node] of Object.entries(graph.nodes)) {
    const step = new LeanStep(graph, name);
    node.getNode = () => step;
    // Asked for anew for every task, and used only by a Command to a parent graph.
    const writers = node.getWriters();
    node.getWriters = () => writers;
  }
  return graph;
}

type Values = Readonly<Record<string, unknown>>;

class LeanStep extends Runnable<Values, unknown> {
  override lc_namespace = ["vouchsafe", "graph"];
  override readonly name: string;
  readonly #node: Runnable | null;
  readonly #branches: readonly Branch[];
  readonly #edges: readonly (readonly [string, unknown])[];
  readonly #graph: Compiled;

  constructor(graph: Compiled, name: string) {
    super();
    this.name = name;
    this.#graph = graph;
    this.#node = name === START ? null : (graph.builder.nodes[name]?.runnable ?? null);
    this.#branches = Object.values(graph.builder.branches[name] ?? {});
    for (const to of this.#branches.flatMap(({ ends }) => Object.values(ends ?? {}))) {
      if (to !== END) channelTo(graph, to);
    }
    const ends = [...graph.builder.edges].filter(([from, to]) => from === name && to !== END).map(([, to]) => to);
    this.#edges = ends.map((to) => [channelTo(graph, to), null] as const);
  }

  override async invoke(state: Values, config?: Partial<RunnableConfig>): Promise<unknown> {
    const patch: unknown = this.#node ? await this.#node.invoke(state, config) : state;
    const written = isValues(patch) ? Object.entries(patch).filter(([key]) => key in this.#graph.channels) : [];
    const writes: (readonly [string, unknown])[] = [...written, ...this.#edges];
    if (this.#branches.length > 0) {
      const after = { ...state, ...Object.fromEntries(written) };
      for (const branch of this.#branches) {
        const to = await this.#next(branch, after, config);
        if (to !== END) writes.push([channelTo(this.#graph, to), this.name]);
      }
    }
    const send: unknown = config?.configurable?.[sendKey];
    if (typeof send !== "function")
      throw new AppError("corrupt", `The step ${this.name} was run outside of its graph.`);
    send(writes);
    return patch;
  }

  async #next({ path, ends }: Branch, after: Values, config?: Partial<RunnableConfig>): Promise<string> {
    const answer: unknown = await path.invoke(after, config);
    const to = typeof answer === "string" ? (ends ? ends[answer] : answer) : undefined;
    if (to === undefined) throw new AppError("corrupt", `The edge after ${this.name} leads nowhere.`);
    return to;
  }
}

/** LangGraph's name for the way a task hands in its writes (its `CONFIG_KEY_SEND`). */
const sendKey = "__pregel_send";

/** LangGraph starts a node by a write to the channel of this name. */
function channelTo({ channels }: Compiled, node: string): string {
  const name = `branch:to:${node}`;
  if (name in channels) return name;
  throw new AppError("config", `This version of LangGraph has no channel ${name}; install the one in the lockfile.`);
}

function isValues(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
