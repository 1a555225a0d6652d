import type { Decisions } from "../decisions/decisions.ts";
import type { Deployment } from "../deployment/deployment.ts";
import { AppError } from "../domain/errors.ts";
import { jsonDigest } from "../domain/hash.ts";
import type { DecisionId } from "../domain/ids.ts";
import type { Playbook } from "../domain/playbook.ts";
import type { OutcomeLog } from "../intake/intake.ts";
import type { RecordedSettings, Recordings } from "../recordings/recording.ts";
import type { Clock } from "../runtime/runtime.ts";
import type { Under } from "./causes.ts";
import { changedPlaybooks } from "./changed-playbooks.ts";
import { recordedSources } from "./recorded-sources.ts";
import type { Change, Live, OpenSandbox, Pieces } from "./replay.ts";
import { playbookKey, type RanAgain, runAgain, type Stage } from "./run-again.ts";
import { readStory, type Story } from "./story.ts";

export interface SessionDeps {
  readonly live: Live;
  readonly decisions: Pick<Decisions, "get" | "observed" | "list">;
  readonly recordings: Recordings;
  readonly outcomes: OutcomeLog;
  readonly pieces: Pieces;
  readonly openSandbox: OpenSandbox;
  readonly software: string;
  readonly clock: Clock;
}

/** One sandbox for as many decisions as are asked for. Each can be run once in it. */
export interface Session {
  readonly under: Under;
  readonly stored: ReadonlyMap<string, Playbook>;
  story(id: DecisionId): ReturnType<typeof readStory>;
  run(story: Story, isEnough: (ran: RanAgain) => boolean): Promise<readonly RanAgain[]>;
  close(): Promise<void>;
}

export async function openSession(deps: SessionDeps, change: Change | null): Promise<Session> {
  const { live, pieces } = deps;
  const all = await pieces.storedPlaybooks();
  const stored = new Map(all.map((one) => [playbookKey(one), one]));
  const stage: Stage = { moment: null };
  const at = () => {
    if (stage.moment === null) throw new AppError("corrupt", "A sandbox read without an attempt.");
    return stage.moment;
  };
  const sandbox = await deps.openSandbox(recordedSources(at, live, change));
  const deployments = new Map<RecordedSettings, Deployment>();
  function deploymentUnder(settings: RecordedSettings): Deployment {
    const known = deployments.get(settings);
    if (known) return known;
    const loaded = settings.playbooks.flatMap((one) => stored.get(playbookKey(one)) ?? []);
    const { playbooks, earlier } = changedPlaybooks(loaded, all, change);
    const made = pieces.toDeployment(playbooks, earlier, change?.profile ?? settings.profile);
    deployments.set(settings, made);
    return made;
  }
  const rules = change?.guardrail ?? live.guardrail;
  const planner = change?.planner ?? live.planner;
  return {
    under: {
      software: deps.software,
      ruleset: rules.rulesetVersionAt(deps.clock.now()),
      planner: { kind: planner.kind, version: planner.version },
      taxonomy: jsonDigest(live.deployment.taxonomy.terms),
    },
    stored,
    story: (id) => readStory(deps, id),
    run: (story, isEnough) => runAgain({ sandbox, stage, stored, deploymentUnder }, story, isEnough),
    close: () => sandbox.close(),
  };
}
