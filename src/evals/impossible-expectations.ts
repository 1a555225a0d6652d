import type { MomentExpectation } from "./expectation.ts";
import { actionOfStatus } from "./moment.ts";
import type { FieldProblem } from "./read-world.ts";

type Contradiction = (expected: MomentExpectation) => readonly FieldProblem[];

/** What no decision could ever meet, by the field of the expectation that cannot be met. */
export function impossibleExpectations(expected: MomentExpectation): readonly FieldProblem[] {
  return contradictions.flatMap((find) => find(expected));
}

const contradictions: readonly Contradiction[] = [
  function bothWantedAndUnwanted({ assets }) {
    const { anyOf = [], noneOf = [] } = assets ?? {};
    return noneOf.flatMap((asset, index) =>
      anyOf.includes(asset) ? [problem(["assets", "noneOf", index], `"${asset}" is in anyOf too`)] : [],
    );
  },

  function onlyUnfitAssets({ assets }) {
    const { anyOf = [], grades = {} } = assets ?? {};
    const isUnfit = anyOf.length > 0 && anyOf.every((asset) => grades[asset] === 0);
    return isUnfit ? [problem(["assets", "anyOf"], "every one of them is graded 0, as not fitting at all")] : [];
  },

  function shownWhereNothingIs({ action, assets, at }) {
    if (action !== "nothing") return [];
    return [
      ...(assets?.anyOf ? [problem(["assets", "anyOf"], "where nothing is shown, no asset is")] : []),
      ...(at && at.length > 0 ? [problem(["at"], "where nothing is shown, there is no touchpoint")] : []),
    ];
  },

  function decidedWhereRefused(expected) {
    if (expected.action !== "refuse") return [];
    return ofADecision.flatMap((field) => {
      const given = expected[field];
      const isNothing = given === undefined || given === null || (Array.isArray(given) && given.length === 0);
      return isNothing ? [] : [problem([field], "an event that is refused leads to no decision")];
    });
  },

  function statusOfAnotherAction({ action, status }) {
    if (action === undefined || action === "refuse" || status === undefined) return [];
    const meant = actionOfStatus[status];
    if (meant === action) return [];
    const words = meant === null ? "is no status to rest with" : `is the action ${meant}, and ${action} is expected`;
    return [problem(["status"], `"${status}" ${words}`)];
  },

  function shownThoughDenied({ action, verdict }) {
    return action === "show" && verdict === "deny" ? [problem(["verdict"], "what is denied is not shown")] : [];
  },

  function emptyRange({ confidence }) {
    const { atLeast = 0, atMost = 1 } = confidence ?? {};
    return atLeast > atMost ? [problem(["confidence", "atLeast"], `${atLeast} is more than atMost, ${atMost}`)] : [];
  },

  function calledThoughNever({ tools }) {
    const { called = [], never = [], atMost } = tools ?? {};
    const tooMany =
      atMost !== undefined && called.length > atMost
        ? [problem(["tools", "atMost"], `${called.length} calls are expected in called`)]
        : [];
    return [
      ...never.flatMap((tool, index) =>
        called.includes(tool) ? [problem(["tools", "never", index], `"${tool}" is in called too`)] : [],
      ),
      ...tooMany,
    ];
  },

  function saidThoughLacking({ framing }) {
    const { contains = [], lacks = [] } = framing ?? {};
    return lacks.flatMap((words, index) =>
      contains.some((wanted) => wanted.includes(words))
        ? [problem(["framing", "lacks", index], `"${words}" is in contains too`)]
        : [],
    );
  },
];

/** Fields that speak of a decision. */
const ofADecision = [
  "status",
  "playbook",
  "at",
  "assets",
  "verdict",
  "rules",
  "confidence",
  "framing",
] as const satisfies readonly (keyof MomentExpectation)[];

function problem(path: readonly PropertyKey[], message: string): FieldProblem {
  return { path, message };
}
