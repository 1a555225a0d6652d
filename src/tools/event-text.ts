import { wordsOf } from "../domain/event-words.ts";
import { eventId } from "../domain/ids.ts";
import type { ToolDeps } from "./tool.ts";

/** The words of the event, read by reference: they feed the search and go no further. */
export async function eventText(deps: Pick<ToolDeps, "inbox" | "store">, id: string): Promise<string> {
  const event = await deps.inbox.event(deps.store.read, eventId.parse(id));
  return event ? wordsOf(event) : "";
}
