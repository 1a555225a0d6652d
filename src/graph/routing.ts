import { Runnable } from "@langchain/core/runnables";

/** Puts an edge of ours into LangGraph's form: a Runnable of its own, without the callback round of a wrapped function. */
export function route<S, To extends string>(choose: (state: S) => To): Runnable<S, To> {
  return new Route(choose);
}

class Route<S, To extends string> extends Runnable<S, To> {
  override lc_namespace = ["vouchsafe", "graph"];
  override readonly name: string;
  readonly #choose: (state: S) => To;

  constructor(choose: (state: S) => To) {
    super();
    this.name = choose.name;
    this.#choose = choose;
  }

  override async invoke(state: S): Promise<To> {
    return this.#choose(state);
  }
}
