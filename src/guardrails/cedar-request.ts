import type { CedarValueJson, Context } from "@cedar-policy/cedar-wasm/nodejs";
import { allowedChannels, allowedTerritories } from "../domain/covering-grant.ts";
import type { DutiesOf } from "../domain/display-duties.ts";
import type { PlacementFacts } from "../domain/facts.ts";
import { isAtypical } from "../domain/required-disclosures.ts";
import { consentStanding } from "./consent-standing.ts";
import type { CountryTable } from "./country-table.ts";
import { type CountryZones, zonesOfLead } from "./country-zones.ts";
import { carriesWords, speaksOfNow } from "./endorser-now.ts";
import { companyExclusions, namingOfCompany } from "./exclusions.ts";
import type { FreshnessLimits } from "./freshness.ts";
import { quietestHour } from "./local-hours.ts";
import { isSaid, leadOf, owedDisclosures } from "./owed-disclosures.ts";
import { type SourceTerms, unmetTerms } from "./source-terms.ts";
import { unrecordedResults } from "./stated-results.ts";
import { stopsOn } from "./stops.ts";
import type { Subject } from "./subject.ts";
import { trackingFacts } from "./tracking.ts";
import { statesStatistic } from "./usage-figures.ts";

/** Data that stands beside the facts. */
export interface RuleData {
  readonly countries: CountryTable;
  readonly freshness: FreshnessLimits;
  readonly sources: SourceTerms;
  readonly dutiesOf: DutiesOf;
  readonly zonesOf: CountryZones;
}

/**
 * The facts in the words of `schema.cedarschema`. What is not known is left out, and a rule that asks for it fires;
 * nothing is filled in here.
 */
export function toCedarContext(subject: Subject, data: RuleData): Context {
  const { facts } = subject;
  const context: Context = {
    use: known({
      channel: facts.touchpoint.channel,
      purpose: facts.playbook.purpose,
      territory: facts.lead?.country,
    }),
    contact: contactFacts(facts, data.zonesOf),
    rollout: rolloutFacts(facts),
    stops: [...stopsOn(facts)],
    suppressed: [...new Set(facts.suppressions.map((one) => one.scope))],
    disclosures: disclosureFacts(subject, data.dutiesOf),
    firstUses: firstUseFacts(facts),
  };
  const optional = {
    grant: grantFacts(subject),
    asset: assetFacts(subject, data.freshness),
    content: contentFacts(subject),
    exclusions: companyExclusions(subject),
    consent: consentFacts(facts, data.countries),
    ...aboutTheProof(subject, data.sources),
    tracking: trackingFacts(subject, data.countries),
    ...emailFacts(facts),
  };
  for (const [name, value] of Object.entries(optional)) if (value !== null) context[name] = value;
  return context;
}

function grantFacts({ facts, grant, version }: Subject): Known | null {
  // Without the version its narrowing is unknown, and so is what the grant allows.
  if (grant === null || version === null) return null;
  const { terms } = grant;
  const { validFrom, validUntil } = terms;
  const { country } = facts.lead ?? {};
  return known({
    consentStatus: terms.consentStatus,
    revoked: grant.revokedAt !== null,
    // A time that can't be read is neither before nor after now.
    begun: validFrom === undefined || Date.parse(validFrom) <= facts.now,
    ended: validUntil !== undefined && !(facts.now < Date.parse(validUntil)),
    channels: allowedChannels(grant, version.content).filter((one) => one === facts.touchpoint.channel),
    territories: allowedTerritories(grant, version.content).filter((one) => one === "*" || one === country),
    purposes: terms.purposes,
    elements: terms.elements,
    attribution: terms.attribution,
    maxUses: terms.maxUses?.count,
    uses: facts.grantUses === null ? undefined : whole(facts.grantUses + facts.planUses),
  });
}

function assetFacts({ facts, version }: Subject, limits: FreshnessLimits): Known | null {
  if (version === null) return null;
  const { kind, source, freshnessTimestamp } = version.content;
  const age = facts.now - Date.parse(freshnessTimestamp);
  const sourceAge = source.collectedAt === undefined ? age : Math.max(age, facts.now - Date.parse(source.collectedAt));
  const sourceLimit = limits.ofSource(source);
  return known({
    version: facts.assetVersion,
    currentVersion: whole(facts.currentVersion),
    status: facts.assetStatus ?? undefined,
    daysOverLimit: daysOver(age, limits.ofKind(kind, facts.profile.freshnessDays)),
    // A day's grace for clocks that differ; further in the future the date is wrong.
    fromFuture: age < -dayMs,
    sourceLimited: sourceLimit !== undefined,
    daysOverSourceLimit: sourceLimit === undefined || sourceAge < -dayMs ? undefined : daysOver(sourceAge, sourceLimit),
  });
}

/** Who speaks and whether that still holds, what is claimed, on what a figure rests, and the source's terms. */
function aboutTheProof(subject: Subject, sources: SourceTerms): Readonly<Record<string, Known | null>> {
  const { facts, version } = subject;
  if (version === null) return {};
  const { claims, source, statistic } = version.content;
  const isOfNow = speaksOfNow(subject);
  const unmet = unmetTerms(subject, sources);
  const open = claims.filter(
    (one) => isAtypical(one) && !(one.substantiation && isSaid(subject, "typical", [one.generallyExpected ?? null])),
  );
  return {
    endorser:
      isOfNow === null
        ? null
        : known({
            speaksOfNow: isOfNow,
            daysSinceCheck: daysSince(facts.now, facts.endorser?.currentCustomerCheckedAt),
            checkDays: facts.profile.endorserCheckDays,
          }),
    proof: {
      verified: source.verified,
      machineWritten: source.machineWritten === true,
      carriesWords: carriesWords(subject),
      hasAuthor: version.endorserId !== null && facts.endorser !== null,
      conditionedIncentive: source.incentive?.conditionedOnSentiment === true,
    },
    // What the words state and the record does not claim, nobody has shown to be typical.
    claims: { open: open.length + unrecordedResults(version).length },
    statistic: known({
      isOne: statesStatistic(subject) ?? undefined,
      count: statistic && whole(statistic.count),
      hasQuery: statistic && statistic.query.trim() !== "",
      windowDays: statistic && wholeDays(Date.parse(statistic.to) - Date.parse(statistic.from)),
      hasEnded: statistic && Date.parse(statistic.to) <= facts.now,
    }),
    source: unmet && { unmet: [...unmet] },
  };
}

/** Days begun since a check; undefined, and so unknown, for none and for one that lies ahead. */
function daysSince(now: number, at: string | undefined): number | undefined {
  if (at === undefined) return undefined;
  const age = now - Date.parse(at);
  return age < -dayMs ? undefined : wholeDays(Math.max(0, age));
}

/** Days begun. */
function wholeDays(ms: number): number | undefined {
  return whole(Math.ceil(ms / dayMs));
}

function disclosureFacts(subject: Subject, dutiesOf: DutiesOf): Known {
  const { owed, shown } = owedDisclosures(subject, dutiesOf);
  return { owed: [...owed], shown: [...shown] };
}

function firstUseFacts({ playbook, seen }: PlacementFacts): Known {
  return known({
    wanted: playbook.autonomy.firstUses,
    asset: whole(seen?.asset),
    playbook: whole(seen?.playbook),
    planner: whole(seen?.planner),
  });
}

/** Days begun over a limit; undefined where the age is not known. */
function daysOver(ageMs: number, limitMs: number): number | undefined {
  return whole(Math.max(0, Math.ceil((ageMs - limitMs) / dayMs)));
}

function contentFacts(subject: Subject): Known | null {
  const { content } = subject;
  if (content === null) return null;
  const naming = namingOfCompany(subject);
  return known({
    elements: content.elements,
    attribution: content.attribution,
    showsQuote: content.quote !== null,
    namesCompany: naming && naming === "named",
    mayNameCompany: naming && naming === "perhaps",
  });
}

function consentFacts(facts: PlacementFacts, countries: CountryTable): Known | null {
  const lead = leadOf(facts);
  if (lead === null) return null;
  const { channel } = facts.touchpoint;
  const rule = countries.rule(lead.country, channel, lead.capacity);
  const use = { channel, purpose: facts.playbook.purpose, now: facts.now };
  const { needed, objected, accepted, standing } = consentStanding(facts.consents, use, rule);
  return { needed, objected, accepted: [...accepted], standing: [...standing] };
}

function emailFacts({ touchpoint, email, hasEmail }: PlacementFacts): Readonly<Record<string, Known | null>> {
  // On other channels they would only make questions differ that have one answer.
  if (touchpoint.channel !== "email") return {};
  const recipient = typeof hasEmail === "boolean" ? { hasEmail } : null;
  if (!email) return { recipient };
  const { unsubscribeUrl, unsubscribeDays, leavesMachine } = email;
  const { senderName, senderAddress, postalAddress } = email;
  const scheme = /^(https?):\/\/[^/]/.exec(unsubscribeUrl ?? "")?.[1];
  const sender = {
    senderName: senderName.trim(),
    senderAddress: senderAddress.trim(),
    postalAddress: postalAddress.trim(),
  };
  return {
    recipient,
    email: known({ ...sender, unsubscribeScheme: scheme, unsubscribeDays: whole(unsubscribeDays) ?? 0, leavesMachine }),
  };
}

function contactFacts(facts: PlacementFacts, zonesOf: CountryZones): Known {
  const { cadence } = facts.playbook;
  const { contactCaps } = facts.profile;
  const since = facts.now - cadence.repeatAfterDays * dayMs;
  const { quietHours } = cadence;
  return known({
    inWindow: whole(facts.contactsInWindow),
    cap: cadence.cap.count,
    // A lead who is not known may belong to an account.
    accountCap: facts.lead !== null && facts.lead.accountId === undefined ? undefined : contactCaps.account?.count,
    ofAccount: whole(facts.accountContacts),
    channelCap: contactCaps.channels[facts.touchpoint.channel]?.count,
    onChannel: whole(facts.channelContacts),
    repeats: facts.exposures.filter((one) => one.assetId === facts.assetId && one.at > since).length,
    quietHours: quietHours && { from: quietHours.from, to: quietHours.to },
    localHour: quietHours && whole(quietestHour(zonesOfLead(facts, zonesOf), quietHours, facts.now)),
  });
}

function rolloutFacts({ playbook, pilotShare }: PlacementFacts): Known {
  const { mode } = playbook;
  return known({
    mode: mode.kind,
    pilotShare: mode.kind === "pilot" ? whole(Math.floor(mode.share * billion)) : undefined,
    leadShare: mode.kind === "pilot" && pilotShare !== null ? whole(Math.floor(pilotShare * billion)) : undefined,
  });
}

type Known = { [name: string]: CedarValueJson };

function known(record: Readonly<Record<string, CedarValueJson | undefined>>): Known {
  const kept: Known = {};
  for (const name in record) {
    const value = record[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}

/** Undefined, and so unknown, for anything that is not a whole number. */
function whole(value: number | null | undefined): number | undefined {
  return Number.isSafeInteger(value) ? (value ?? undefined) : undefined;
}

const dayMs = 86_400_000;
const billion = 1_000_000_000;
