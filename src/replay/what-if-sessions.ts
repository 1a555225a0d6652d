import type { Change } from "./replay.ts";
import { openSession, type Session, type SessionDeps } from "./session.ts";

export type Sessions = ReturnType<typeof makeSessions>;

/** Each is opened when it is first needed. */
export function makeSessions(deps: SessionDeps, change: Change) {
  const opened = new Map<string, Promise<Session>>();
  const open = (name: string, under: Change | null) => () => {
    const session = opened.get(name) ?? openSession(deps, under);
    opened.set(name, session);
    return session;
  };
  return {
    changed: open("changed", change),
    unchanged: open("unchanged", null),
    /** What pilots would have done for whoever fell outside of them. */
    inPilot: open("in-pilot", { ...nothing, arePilotsOpen: true }),
    async close(): Promise<void> {
      for (const session of opened.values()) await (await session).close();
    },
  };
}

const nothing: Change = {
  playbooks: [],
  threshold: null,
  profile: null,
  brand: null,
  guardrail: null,
  planner: null,
};
