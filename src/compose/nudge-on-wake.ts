import type { Inbox } from "../intake/intake.ts";

/** The same inbox, which calls `nudge` once a wake is committed. */
export function nudgeOnWake(inbox: Inbox, nudge: () => void): Inbox {
  return {
    ...inbox,
    wake(trx, decisionId) {
      trx.afterCommit(nudge);
      return inbox.wake(trx, decisionId);
    },
  };
}
