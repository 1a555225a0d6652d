import type { RunnableConfig } from "@langchain/core/runnables";
import type { Checkpoint, CheckpointMetadata } from "@langchain/langgraph/web";
import { SqliteSaver } from "@langchain/langgraph-checkpoint-sqlite";
import Database from "better-sqlite3";
import { z } from "zod";

/**
 * LangGraph's saver, keeping only the runs that wait for a person: one that came to its end has nothing to resume, so
 * its last checkpoint is not written. The database file is its own (another transaction's rollback on a shared
 * connection takes a waiting checkpoint with it) and acknowledged writes are on disk.
 */
export function openWaitingRuns(file: string): WaitingRuns {
  const db = new Database(file);
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  return new WaitingRuns(db);
}

export class WaitingRuns extends SqliteSaver {
  override async put(
    config: RunnableConfig,
    checkpoint: Checkpoint,
    metadata: CheckpointMetadata,
  ): Promise<RunnableConfig> {
    if (hasEnded(checkpoint)) return { configurable: { ...config.configurable, checkpoint_id: checkpoint.id } };
    return super.put(config, checkpoint, metadata);
  }

  /** Threads of all runs that are kept. */
  threadIds(): string[] {
    this.setup();
    const rows = this.db.prepare("SELECT DISTINCT thread_id FROM checkpoints").all();
    return z
      .array(z.object({ thread_id: z.string() }))
      .parse(rows)
      .map((row) => row.thread_id);
  }

  close(): void {
    this.db.close();
  }
}

/** `ending` of the decision's state: set on every way to the end, never while the run waits. */
function hasEnded({ channel_values }: Checkpoint): boolean {
  return channel_values.ending != null;
}
