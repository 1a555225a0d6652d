import { replayPage } from "../replay/html/replay-page.ts";

/** The ways, besides words and JSON, in which a replay or a what-if can be told. */
export const replayOutputs = { page: replayPage } as const;
