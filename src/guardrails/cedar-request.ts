import type { CedarValueJson, Context } from "@cedar-policy/cedar-wasm/nodejs";
import { allowedChannels, allowedTerritories } from "../domain/covering-grant.ts";
import type { PlacementFacts } from "../domain/facts.ts";
import { leadCapacity } from "../domain/lead-capacity.ts";
import { consentStanding } from "./consent-standing.ts";
import type { CountryTable } from "./country-table.ts";
import { companyExclusions } from "./exclusions.ts";
import type { FreshnessLimits } from "./freshness.ts";
import { localHour } from "./local-hours.ts";
import { stopsOn } from "./stops.ts";
import type { Subject } from "./subject.ts";

/** Data that stands beside the facts. */
export interface RuleData {
  readonly countries: CountryTable;
  readonly freshness: FreshnessLimits;
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
    contact: contactFacts(facts),
    rollout: rolloutFacts(facts),
    stops: [...stopsOn(facts)],
    suppressed: [...new Set(facts.suppressions.map((one) => one.scope))],
  };
  const optional = {
    grant: grantFacts(subject),
    asset: assetFacts(subject, data.freshness),
    content: contentFacts(subject),
    exclusions: companyExclusions(subject),
    consent: consentFacts(facts, data.countries),
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
    uses: whole(facts.grantUses),
  });
}

function assetFacts({ facts, version }: Subject, limits: FreshnessLimits): Known | null {
  if (version === null) return null;
  const { kind, source, freshnessTimestamp } = version.content;
  const age = facts.now - Date.parse(freshnessTimestamp);
  const sourceAge = source.collectedAt === undefined ? age : Math.max(age, facts.now - Date.parse(source.collectedAt));
  const sourceLimit = limits.ofSource(source.system);
  return known({
    version: facts.assetVersion,
    currentVersion: whole(facts.currentVersion),
    status: facts.assetStatus ?? undefined,
    daysOverLimit: daysOver(age, limits.ofKind(kind, facts.profile.freshnessDays)),
    // A day's grace for clocks that differ; further in the future the date is wrong.
    fromFuture: age < -dayMs,
    sourceLimited: sourceLimit !== undefined,
    daysOverSourceLimit: sourceLimit === undefined ? undefined : daysOver(sourceAge, sourceLimit),
  });
}

/** Days begun over a limit; undefined where the age is not known. */
function daysOver(ageMs: number, limitMs: number): number | undefined {
  return whole(Math.max(0, Math.ceil((ageMs - limitMs) / dayMs)));
}

function contentFacts({ content }: Subject): Known | null {
  if (content === null) return null;
  return { elements: content.elements, attribution: content.attribution, showsQuote: content.quote !== null };
}

function consentFacts(facts: PlacementFacts, countries: CountryTable): Known | null {
  if (facts.lead === null) return null;
  const { channel } = facts.touchpoint;
  const capacity = leadCapacity(facts.lead, facts.hasCompanyEmail, facts.profile.defaultCapacity);
  const rule = countries.rule(facts.lead.country, channel, capacity);
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

function contactFacts(facts: PlacementFacts): Known {
  const { cadence } = facts.playbook;
  const since = facts.now - cadence.repeatAfterDays * dayMs;
  const zone = facts.lead?.timezone ?? facts.profile.defaultTimezone;
  return known({
    inWindow: whole(facts.contactsInWindow),
    cap: cadence.cap.count,
    repeats: facts.exposures.filter((one) => one.assetId === facts.assetId && one.at > since).length,
    quietHours: cadence.quietHours && { from: cadence.quietHours.from, to: cadence.quietHours.to },
    localHour: cadence.quietHours && whole(localHour(zone, facts.now)),
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
