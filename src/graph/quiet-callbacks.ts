import { BaseCallbackHandler } from "@langchain/core/callbacks/base";
import { CallbackManager, CallbackManagerForChainRun } from "@langchain/core/callbacks/manager";

/**
 * Stands where LangChain looks for a LangSmith tracer (a handler of this name), and traces nothing. Without one it
 * makes a run tree for every step and every write, an eighth of a run's time, that nobody reads. Run trees carry the
 * config that `interrupt()` needs, so each gets an empty stand-in.
 */
class QuietTracer extends BaseCallbackHandler {
  override name = "langchain_tracer";
  override ignoreLLM = true;
  override ignoreChain = true;
  override ignoreAgent = true;
  override ignoreRetriever = true;
  override ignoreCustomEvent = true;
  /** Called in place: queueing calls that do nothing costs more than making them. */
  override awaitHandlers = true;

  getRunTreeWithTracingConfig(): { extra: Record<string, unknown> } {
    return { extra: {} };
  }
}

const handlers = [new QuietTracer()];
/** No run has a number of its own, since nobody is told of any. */
const runId = "00000000-0000-4000-8000-000000000000";

/**
 * Callbacks that call nobody. LangChain copies its manager, tag by tag and key by key, for every step and every write;
 * this one has nothing that could differ from copy to copy, so it is its own copy and its own child.
 */
class QuietCallbacks extends CallbackManager {
  constructor() {
    super(runId, { handlers, inheritableHandlers: handlers });
  }
  override copy(): CallbackManager {
    return this;
  }
  override addTags(): void {}
  override addMetadata(): void {}
  override async handleChainStart(): Promise<CallbackManagerForChainRun> {
    return quietRun;
  }
}

class QuietRun extends CallbackManagerForChainRun {
  constructor() {
    super(runId, handlers, handlers, [], [], {}, {}, runId);
  }
  override getChild(): CallbackManager {
    return quietCallbacks;
  }
  override async handleChainError(): Promise<void> {}
  override async handleChainEnd(): Promise<void> {}
}

const quietRun = new QuietRun();
export const quietCallbacks: CallbackManager = new QuietCallbacks();
