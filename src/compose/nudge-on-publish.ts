import type { Deliveries, Publications } from "../channels/channel.ts";

/** The same publications, which call `nudge` once a new one is committed: there may be something to send. */
export function nudgeOnPublish(publications: Publications, nudge: () => void): Publications {
  return {
    ...publications,
    publish(trx, made) {
      if (made.content.touchpoint.channel !== "web") trx.afterCommit(nudge);
      return publications.publish(trx, made);
    },
  };
}

/** The same deliveries, which call `nudge` once an operator's answer is committed. */
export function nudgeOnResolve(deliveries: Deliveries, nudge: () => void): Deliveries {
  return {
    ...deliveries,
    resolve(trx, ...answer) {
      trx.afterCommit(nudge);
      return deliveries.resolve(trx, ...answer);
    },
  };
}
