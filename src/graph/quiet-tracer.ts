import { BaseCallbackHandler } from "@langchain/core/callbacks/base";

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

export const quietTracer = new QuietTracer();
