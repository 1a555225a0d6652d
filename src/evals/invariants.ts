import type { VirtualService } from "../compose/open-virtual.ts";
import { explainDecision } from "../domain/explanation.ts";
import type { Ending, Violation } from "./eval.ts";
import type { Scenario } from "./scenario.ts";

type Found = Pick<Ending, "decisions" | "publications" | "sent">;

/** What holds in every run, whatever the scenario expects. Each is checked on what was stored, not on what was said. */
export async function findViolations(
  service: VirtualService,
  found: Found,
  scenario: Scenario,
): Promise<readonly Violation[]> {
  return [
    ...publishedTwice(found),
    ...sentTwice(found),
    ...publishedWithoutLeave(found, scenario),
    ...unexplained(found),
    ...(await liveWithoutGrant(service, found)),
    ...(await auditBroken(service)),
    ...identifiersLogged(service, scenario),
  ];
}

/** A decision publishes once at a touchpoint. */
function publishedTwice({ publications }: Found): readonly Violation[] {
  const seen = new Set<string>();
  return publications.flatMap(({ decisionId, touchpoint: { channel, place } }) => {
    const key = `${decisionId} ${channel}/${place}`;
    const isSecond = seen.has(key);
    seen.add(key);
    return isSecond ? [violation("published-once", `${key} was published twice`, decisionId)] : [];
  });
}

function sentTwice({ sent }: Found): readonly Violation[] {
  return Object.entries(sent).flatMap(([delivery, times]) =>
    times > 1 ? [violation("sent-once", `the message of ${delivery} went out ${times} times`, null)] : [],
  );
}

/** What was published was allowed as it stood, or a person had answered what was asked. */
function publishedWithoutLeave({ decisions, publications }: Found, { now }: Scenario): readonly Violation[] {
  const placements = new Map(
    decisions.flatMap((one) => one.placements.map((placement) => [placement.placementId, placement] as const)),
  );
  return publications.flatMap(({ decisionId, placementId, contentHash, publishedAt }) => {
    // What was shown before the scenario begins has no decision in it.
    if (Date.parse(publishedAt) < Date.parse(now)) return [];
    const placement = placements.get(placementId);
    const isLeft = placement?.verdict === "allow" && placement.contentHash === contentHash;
    const denied = placement?.findings.filter(({ effect }) => effect === "deny") ?? [];
    if (isLeft && denied.length === 0) return [];
    return [
      violation("published-with-leave", `${placementId} was published and its record does not allow it`, decisionId),
    ];
  });
}

/** Every decision that came to rest says in words why, and every finding names its rule. */
function unexplained({ decisions }: Found): readonly Violation[] {
  return decisions.flatMap((decision) => {
    const { summary, placements } = explainDecision(decision);
    const isBare = placements.some(({ why, findings }) => why === "" || findings.length === 0);
    if (summary !== "" && !isBare) return [];
    return [
      violation("explained", "the decision has a placement without a reason or without findings", decision.decisionId),
    ];
  });
}

async function liveWithoutGrant(
  { vouchsafe: { store, catalogue }, now }: VirtualService,
  { publications }: Found,
): Promise<readonly Violation[]> {
  const broken: Violation[] = [];
  for (const { assetId, decisionId, state, liveUntil } of publications) {
    if (state !== "live" || Date.parse(liveUntil) <= now()) continue;
    const { grants } = await catalogue.rights(store.read, assetId);
    if (grants.some(({ revokedAt }) => revokedAt === null)) continue;
    broken.push(violation("live-with-grant", `${assetId} is live and every grant of it is revoked`, decisionId));
  }
  return broken;
}

async function auditBroken(service: VirtualService): Promise<readonly Violation[]> {
  const problem = await service.auditProblem();
  return problem === null ? [] : [violation("audit-verifies", problem, null)];
}

/** Names and addresses of the scenario's own leads are in no line of the log. */
function identifiersLogged(service: VirtualService, { leads }: Scenario): readonly Violation[] {
  const log = service.logged();
  return leads.flatMap(({ leadId, name, email, phone }) =>
    [name, email, phone].some((identifier) => typeof identifier === "string" && log.includes(identifier))
      ? [violation("identifiers-unlogged", `the log names lead ${String(leadId)}`, null)]
      : [],
  );
}

function violation(invariant: string, words: string, decisionId: Violation["decisionId"]): Violation {
  return { invariant, words, decisionId };
}
