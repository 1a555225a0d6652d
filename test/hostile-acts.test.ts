import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { makeActor } from "./support/hostile/act.ts";
import { type Attack, attacks, type Change, changes, framingKinds, permitKinds } from "./support/hostile/attacks.ts";
import { changesOfAsset, isOurs } from "./support/hostile/happenings.ts";
import { openWorld, type World } from "./support/hostile/world.ts";
import { judgePublished } from "./support/judge/published.ts";
import { makeRecordReader } from "./support/judge/records.ts";
import { longestMs, runsOf, seed, tellProgress } from "./support/seed.ts";

// A planner steered by an attacker who can propose any placement and put any permit before the one tool that publishes,
// while the records change under it. The evaluator and the tool are the product's, and the transactions SQLite's; what
// was published in the end is judged by the independent judge, which reads the records for itself.

const runs = runsOf({ full: 100_000, short: 10_000 });
/** So many attacks on one world: after that, everything in it has aged. */
const runsPerWorld = 5000;

/** How often each kind of attack was made, and with ` published` behind it, how often it got through. */
const came = new Map<string, number>();
const timesOf = (key: string) => came.get(key) ?? 0;

beforeAll(async () => {
  for (let done = 0; done < runs; done += runsPerWorld) {
    const world = await openWorld({ seed: `hostile-${done}` });
    const attackOnce = makeAttackOnce(world);
    await fc.assert(
      fc.asyncProperty(attacks, async (attack) => note(attack, await attackOnce(attack))),
      { seed: seed + done, numRuns: Math.min(runsPerWorld, runs - done) },
    );
    await world.close();
    tellProgress(Math.min(runs, done + runsPerWorld), runs, "attacks");
  }
}, longestMs);

/** Attacks the world, judges all that came of it, and says whether anything was published. */
function makeAttackOnce(world: World): (attack: Attack) => Promise<boolean> {
  const actor = makeActor(world);
  const records = makeRecordReader(world.vouchsafe);
  const spent = new Set<string>();
  const judged = new Set<string>();
  return async (attack) => {
    world.runtime.advance(1 + ((attack.lead * 7919) % 3_600_000));
    const since = world.runtime.clock.now();
    const { came: outcome, repair } = await actor.attack(attack);
    try {
      const published = (await records.publishedSince(since)).filter((one) => !judged.has(one.publicationId));
      for (const one of published) {
        judged.add(one.publicationId);
        const against = await judgePublished(records, one, actor.leaves, spent);
        if (against.length > 0) throw new Error(`published although\n${against.join("\n")}\n${JSON.stringify(one)}`);
      }
      if (published.length !== (outcome === "published" ? 1 : 0))
        throw new Error(`${outcome}, and ${published.length} publications`);
      return published.length > 0;
    } finally {
      await repair();
      actor.leaves.length = 0;
    }
  };
}

function note(attack: Attack, isPublished: boolean): void {
  const { framing, asset } = attack.placement;
  const kinds = [`permit: ${attack.permit}`, `framing: ${framing.kind}`];
  // Of an asset that is not theirs to change the records stay as they are.
  const happened = (change: Change) => isOurs(asset) || !changesOfAsset.includes(change);
  if (happened(attack.before)) kinds.push(`before: ${attack.before}`);
  if (happened(attack.between)) kinds.push(`between: ${attack.between}`);
  for (const kind of ["any", ...kinds])
    for (const key of isPublished ? [kind, `${kind} published`] : [kind]) came.set(key, timesOf(key) + 1);
}

describe(`${runs} attacks on the tool that publishes (seed ${seed})`, () => {
  it("get nothing published that the independent judge finds against, and much of what may be published", () => {
    expect(timesOf("any")).toBe(runs);
    expect(timesOf("any published")).toBeGreaterThan(runs / 10);
  });

  it.each([
    ...permitKinds.map((kind) => `permit: ${kind}`),
    ...framingKinds.map((kind) => `framing: ${kind}`),
    ...changes.flatMap((change) => [`before: ${change}`, `between: ${change}`]),
  ])("come in every kind: %s", (kind) => expect(timesOf(kind)).toBeGreaterThan(runs / 300));

  it.each([
    "permit: made up",
    "permit: signed by another key",
    "permit: of another decision",
    "permit: with another lead",
    "permit: with another placement",
    "permit: with another place",
    "permit: with questions answered by nobody",
    "permit: with a later end",
    "permit: under another ruleset",
    "permit: for other words",
    "permit: for another excerpt",
    "permit: for another asset",
    "framing: markup",
    "framing: link",
    "framing: secret",
    "framing: number",
    "framing: hidden",
    "framing: long",
    ...["before", "between"].flatMap((when) => [
      `${when}: the grant is revoked`,
      `${when}: the grant loses its channels`,
      `${when}: the asset is disputed`,
      `${when}: the lead objects to all`,
      `${when}: the lead objects to the channel`,
      `${when}: the lead withdraws consent`,
      `${when}: everything is stopped`,
      `${when}: the channel is stopped`,
      `${when}: the asset is stopped`,
      `${when}: the playbook is stopped`,
    ]),
    "between: the asset has a new version",
    "between: a minute passes",
    "between: five days pass",
  ])("never get through by %s", (kind) => expect(timesOf(`${kind} published`)).toBe(0));

  it.each([
    "permit: as issued",
    "permit: used twice",
    "permit: approved by a person",
    "framing: none",
    "framing: plain",
    "before: the asset has a new version",
    "before: five days pass",
    "between: a second passes",
  ])("are published where nothing is against it: %s", (kind) =>
    expect(timesOf(`${kind} published`)).toBeGreaterThan(0),
  );
});
