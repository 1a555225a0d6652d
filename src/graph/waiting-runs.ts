import type { RunnableConfig } from "@langchain/core/runnables";
import type { Checkpoint, CheckpointMetadata } from "@langchain/langgraph";
import { SqliteSaver } from "@langchain/langgraph-checkpoint-sqlite";
import type { State } from "./state.ts";

/**
 * LangGraph's saver, keeping only the runs that wait for a person: one that came to its end has nothing to resume, so
 * its last checkpoint is not written. Needs a database file of its own (another transaction's rollback on a shared
 * connection takes a waiting checkpoint with it).
 */
export class WaitingRuns extends SqliteSaver {
  override async put(
    config: RunnableConfig,
    checkpoint: Checkpoint,
    metadata: CheckpointMetadata,
  ): Promise<RunnableConfig> {
    if (hasEnded(checkpoint)) {
      return { configurable: { ...config.configurable, checkpoint_id: checkpoint.id } };
    }
    return super.put(config, checkpoint, metadata);
  }
}

function hasEnded({ channel_values }: Checkpoint): boolean {
  const ending = (channel_values as Partial<State>).ending;
  return ending !== null && ending !== undefined;
}
