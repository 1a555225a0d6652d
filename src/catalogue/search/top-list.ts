/** The best few of many, by score, then by the smaller id. Reused from query to query. */
export interface TopList {
  /** Empties it; it will keep at most `limit`. */
  reset(limit: number): void;
  /** False when no slot with this score would be kept. */
  admits(score: number): boolean;
  offer(slot: number, score: number): void;
  /** Best first. */
  slots(): readonly number[];
}

export function makeTopList(idOf: (slot: number) => string): TopList {
  const slots: number[] = [];
  const scores: number[] = [];
  let limit = 0;

  function isBefore(slot: number, score: number, position: number): boolean {
    const other = scores[position] ?? -1;
    return score > other || (score === other && idOf(slot) < idOf(slots[position] ?? 0));
  }

  return {
    reset(most) {
      limit = most;
      slots.length = 0;
      scores.length = 0;
    },
    admits: (score) => slots.length < limit || (limit > 0 && score >= (scores[limit - 1] ?? 0)),
    offer(slot, score) {
      const count = slots.length;
      if (limit === 0 || (count === limit && !isBefore(slot, score, count - 1))) return;
      let at = count < limit ? count : limit - 1;
      while (at > 0 && isBefore(slot, score, at - 1)) {
        slots[at] = slots[at - 1] ?? 0;
        scores[at] = scores[at - 1] ?? 0;
        at--;
      }
      slots[at] = slot;
      scores[at] = score;
    },
    slots: () => slots,
  };
}
