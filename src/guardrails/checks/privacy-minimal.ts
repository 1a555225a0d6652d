import type { Finding } from "../../domain/finding.ts";
import { makePersonalData } from "../../personal-data/detector.ts";
import type { Depth, PersonalDataKind, PersonalDataSpan } from "../../personal-data/personal-data.ts";
import type { Subject } from "../subject.ts";
import { against, asked, type Check, firstOfForce } from "./check.ts";
import { remembered } from "./remembered.ts";

const rule = "privacy.minimal";

/**
 * No personal data beyond the grant's elements in what is shown, and none at all of the lead in ads.
 *
 * Who an endorser is stands by reference and is sealed, so no rule can tell whose name a text has. Therefore:
 * - What has a form of its own (an address, a number, a key) is no element of any grant: denied wherever it stands.
 * - Our own words (framing, subject, links) need no name: one in them is denied, and what may be one is asked about.
 *   Names of companies that the facts know are none.
 * - The asset's own words (title, quote, its disclosures) may name somebody: the endorser where the grant covers the name, or somebody who has agreed, or
 *   a company that sounds like a person. That is asked once per version, and where the name is not among the elements
 *   that are shown, the question says so. It is another question then: who cleared the one has not cleared the other.
 * - In ads a name might be the lead's, by whatever way it got there: denied there in every text.
 * What only looks like personal data is asked about, except for a name in the asset's words: a first name, or a word that
 * may be one, stands in too many sentences that give nobody away.
 */
export function makePrivacyMinimal(): Check {
  const scan = makeScanner();
  return {
    rule,
    holds: "What is shown holds no personal data that the grant does not cover.",
    source: "GDPR 5(1)(c)",
    effectiveFrom: firstOfForce,
    applies: () => true,
    examine(subject) {
      const shown = shownTexts(subject);
      if (shown === null) return [against(rule, "deny", "What would be shown is not known.")];
      const companies = knownCompanies(subject);
      const attributed = attributionFindings(subject, scan);
      const found = shown.flatMap(({ part, text, isAssets }) => {
        const scanned = scan(part === "address" ? "structured" : "names", text);
        if (scanned === "too-long") {
          return [against(rule, "deny", "A text is too long to be searched for personal data.", { part })];
        }
        const spans = scanned.filter((span) => span.kind !== "PERSON" || !isCompany(text, span, companies));
        return findingsOf({ part, isAssets, spans, subject });
      });
      return [...attributed, ...found];
    },
  };
}

interface Shown {
  readonly part: string;
  readonly text: string;
  /** From the immutable version, not from a playbook, planner or reviewer: a person can be asked about it once. */
  readonly isAssets: boolean;
}

/** Everything that a placement shows in words, but for the attribution. */
function shownTexts({ version, content, rendered }: Subject): readonly Shown[] | null {
  if (version === null || content === null || rendered === null) return null;
  const own = (part: string, text: string | undefined) => ({ part, text: text ?? "", isAssets: false });
  const assets = (part: string, text: string) => ({ part, text, isAssets: true });
  const all = [
    assets("title", version.content.title),
    assets("quote", rendered.quote ?? ""),
    own("framing", rendered.framing),
    own("framing", content.framing),
    own("subject", rendered.subject),
    own("subject", content.subject),
    ...rendered.disclosures.map((text) => assets("disclosure", text)),
    ...content.disclosures.map(({ text }) => assets("disclosure", text)),
    ...[...rendered.links, ...content.links].flatMap(({ url, text }) => [own("link", text), own("address", url)]),
  ];
  const seen = new Set<string>();
  return all.filter(({ part, text }) => {
    const key = `${part}\n${text}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function findingsOf(found: {
  readonly part: string;
  readonly isAssets: boolean;
  readonly spans: readonly PersonalDataSpan[];
  readonly subject: Subject;
}): readonly Finding[] {
  const { part, isAssets, spans, subject } = found;
  const named = spans.filter(({ kind, strength }) => kind === "PERSON" && strength === "sure");
  const maybeNamed = spans.filter(({ kind, strength }) => kind === "PERSON" && strength === "likely" && !isAssets);
  const formed = spans.filter(({ kind }) => kind !== "PERSON");
  const findings: Finding[] = [];
  const add = (some: readonly PersonalDataSpan[], toFinding: (evidence: Finding["evidence"]) => Finding) => {
    if (some.length > 0) findings.push(toFinding(evidenceOf(part, some)));
  };
  add(
    formed.filter(({ strength }) => strength === "sure"),
    (evidence) => against(rule, "deny", formedShown, evidence),
  );
  add(
    formed.filter(({ strength }) => strength === "likely"),
    (evidence) => (isAssets ? asked(rule, lookalike, evidence) : against(rule, "review", ownLookalike, evidence)),
  );
  const mayName = isAssets && subject.facts.touchpoint.channel !== "ads";
  const question = subject.content?.elements.includes("name") === true ? nameGranted : nameNotGranted;
  add(maybeNamed, (evidence) => against(rule, "review", ownMaybeName, evidence));
  add(named, (evidence) => (mayName ? asked(rule, question, evidence) : against(rule, "deny", needless, evidence)));
  return findings;
}

const lookalike = "The asset's words have something in them that looks like personal data.";
const ownLookalike = "The words around the proof have something in them that looks like personal data.";
const ownMaybeName = "The words around the proof may name somebody.";
const needless = "A person is named where nobody needs to be.";
const nameGranted = "The asset's words name somebody: the endorser, or somebody else who has agreed?";
const nameNotGranted =
  "The asset's words name somebody, and no name may be shown here: has whoever it is agreed, or is it no person?";

/**
 * What stands in the attribution beside the name: an address or a number is no element of any grant, and a name in the
 * role would undo a masked one. Both are denied, since the record is soon put right; a company may sound like a person.
 */
function attributionFindings({ facts, content }: Subject, scan: ReturnType<typeof makeScanner>): readonly Finding[] {
  const { role = "", company = "" } = facts.endorser ?? {};
  const shows = (element: "role" | "company" | "name") => content?.elements.includes(element) === true;
  const isNamed = shows("name") && content?.attribution === "full";
  return (["role", "company"] as const).flatMap((element) => {
    const text = element === "role" ? role : company;
    if (!shows(element)) return [];
    const spans = scan(element === "role" ? "names" : "structured", text);
    if (spans === "too-long")
      return [against(rule, "deny", "A text is too long to be searched for personal data.", { part: element })];
    const sure = spans.filter(({ strength }) => strength === "sure");
    const formed = sure.filter(({ kind }) => kind !== "PERSON");
    const named = isNamed ? [] : sure.filter(({ kind }) => kind === "PERSON");
    return [
      ...(formed.length > 0 ? [against(rule, "deny", formedShown, evidenceOf(element, formed))] : []),
      ...(named.length > 0 ? [against(rule, "deny", roleNames, evidenceOf(element, named))] : []),
    ];
  });
}

const formedShown = "What is shown has personal data or a secret in it.";
const roleNames = "The endorser's role names a person, and the grant lets no name be shown in full.";

/** Kinds and positions only: a finding is stored and read, and what it found is not to be. */
function evidenceOf(part: string, spans: readonly PersonalDataSpan[]): Finding["evidence"] {
  const kinds: readonly PersonalDataKind[] = [...new Set(spans.map(({ kind }) => kind))];
  return { part, kinds, at: spans.map(({ start, end }) => [start, end]) };
}

/** Whose names are no person's, though they may sound like one: the endorser's company, the deployer, its brands. */
function knownCompanies({ facts }: Subject): readonly string[] {
  const { profile, endorser } = facts;
  return [endorser?.company ?? "", profile.name, ...profile.brands].filter((name) => name.length > 2);
}

function isCompany(text: string, { start, end }: PersonalDataSpan, companies: readonly string[]): boolean {
  return companies.some((name) => {
    for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
      if (at <= start && end <= at + name.length) return true;
    }
    return false;
  });
}

type Scan = readonly PersonalDataSpan[] | "too-long";

function makeScanner(): (depth: Depth, text: string) => Scan {
  const personalData = makePersonalData();
  return remembered((depth, text) => {
    const { spans, readChars } = personalData.detect(text, depth);
    return readChars < text.length ? "too-long" : spans;
  });
}
