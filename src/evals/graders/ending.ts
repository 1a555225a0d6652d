import type { Publication } from "../../domain/publication.ts";
import type { Grade, ScenarioRun } from "../eval.ts";
import { gradeOf, isSameBag, listed, touchpointOf } from "./grade.ts";
import type { RunGrader } from "./grader.ts";

/** How everything stands once every step is done; nothing is said of a run that did not get there. */
export const gradeEnding: RunGrader = (run) =>
  run.fault === null ? [...decisions(run), ...live(run), ...deliveries(run), ...messages(run), ...never(run)] : [];

function decisions({ scenario, ending }: ScenarioRun): readonly Grade[] {
  return Object.entries(scenario.expect.decisions ?? {}).map(([status, expected]) => {
    const got = ending.decisions.filter((one) => one.status === status).length;
    return counted(`decisions that end ${status}`, expected, got);
  });
}

function live({ scenario, ending, moments }: ScenarioRun): readonly Grade[] {
  if (scenario.expect.live === undefined) return [];
  const now = moments.at(-1)?.at ?? Date.parse(scenario.now);
  const isLive = ({ state, liveUntil }: Publication) => state === "live" && Date.parse(liveUntil) > now;
  const got = ending.publications
    .filter(isLive)
    .map((one) => `${one.assetId} at ${touchpointOf(one)} for ${one.leadId}`);
  const expected = scenario.expect.live.map(({ lead, at, asset }) => `${asset} at ${at} for ${lead}`);
  const wanted = `${listed(expected, "nothing")} to be live at the end`;
  return [
    gradeOf("live", null, { passed: isSameBag(expected, got), wanted, came: listed(got, "nothing"), expected, got }),
  ];
}

function deliveries({ scenario, ending }: ScenarioRun): readonly Grade[] {
  return Object.entries(scenario.expect.deliveries ?? {}).map(([state, expected]) =>
    counted(`deliveries that end ${state}`, expected, ending.deliveries[state] ?? 0),
  );
}

function messages({ scenario, ending }: ScenarioRun): readonly Grade[] {
  const expected = scenario.expect.messages;
  const got = Object.values(ending.sent).reduce((sum, times) => sum + times, 0);
  return expected === undefined ? [] : [counted("messages sent", expected, got)];
}

function never({ scenario, ending }: ScenarioRun): readonly Grade[] {
  const { assets, channels, leads } = scenario.expect.never ?? {};
  const check = (what: string, forbidden: readonly string[] | undefined, of: (one: Publication) => string) => {
    if (forbidden === undefined) return [];
    const got = [...new Set(ending.publications.map(of).filter((one) => forbidden.includes(one)))];
    const wanted = `nothing ever published ${what} ${listed(forbidden)}`;
    return [gradeOf("never", null, { passed: got.length === 0, wanted, came: listed(got), expected: forbidden, got })];
  };
  return [
    ...check("of", assets, ({ assetId }) => assetId),
    ...check("on", channels, ({ touchpoint }) => touchpoint.channel),
    ...check("for", leads, ({ leadId }) => leadId),
  ];
}

function counted(what: string, expected: number, got: number): Grade {
  return gradeOf("ending", null, {
    passed: got === expected,
    wanted: `${expected} ${what}`,
    came: String(got),
    expected,
    got,
  });
}
