import type { Finding } from "../../domain/finding.ts";
import type { Subject } from "../subject.ts";
import { against, asked, type Check, firstOfForce } from "./check.ts";
import { type Addresses, addressesIn, addressFindings } from "./content-addresses.ts";
import { isInstructionLike } from "./instruction-like.ts";
import { remembered } from "./remembered.ts";
import { mixesScripts, type Unsafe, unsafeText } from "./unsafe-text.ts";

const rule = "content.safe";

const reasons: Readonly<Record<Unsafe, string>> = {
  markup: "The text has markup in it; what is shown is plain text.",
  scheme: "The text has an address in it that can act.",
  hidden: "The text has control characters, or characters that hide or reorder what is read.",
};

/** Nothing that is shown can act, hide or lead astray; what reads like an instruction is put before a person. */
export function makeContentSafe(): Check {
  const scan = remembered(scanOf);
  return {
    rule,
    holds: "What is shown is plain text with known links.",
    source: "Content poisoning",
    effectiveFrom: firstOfForce,
    applies: () => true,
    examine(subject): readonly Finding[] {
      const shown = shownTexts(subject);
      if (shown === null) return [against(rule, "deny", "What would be shown is not known.")];
      const scanned = shown.map(([part, text]) => ({ part, text, scanned: scan(text) }));
      const partsOf = (is: (found: Scan) => boolean) =>
        scanned.filter((one) => is(one.scanned)).map(({ part }) => part);
      const findings = scanned.flatMap(({ part, scanned: { unsafe } }) => {
        return unsafe === null ? [] : [against(rule, "deny", reasons[unsafe], { part })];
      });
      const addressed = scanned.map(({ part, text, scanned: { addresses } }) => ({
        part,
        text,
        whose: whose(part),
        addresses,
      }));
      findings.push(...addressFindings(rule, subject, addressed));
      const mixed = partsOf((found) => found.mixesScripts);
      if (mixed.some((part) => ownParts.has(part))) findings.push(against(rule, "deny", lookalikes, { parts: mixed }));
      else if (mixed.some((part) => assetParts.has(part))) findings.push(asked(rule, lookalikes, { parts: mixed }));
      else if (mixed.length > 0) findings.push(against(rule, "review", lookalikes, { parts: mixed }));
      const suspects = partsOf((found) => found.instructionLike);
      const ofAsset = suspects.filter((part) => assetParts.has(part));
      const ofOthers = suspects.filter((part) => !assetParts.has(part));
      if (ofAsset.length > 0) {
        findings.push(asked(rule, "Something shown reads like an instruction to a machine.", { parts: ofAsset }));
      }
      if (ofOthers.length > 0) {
        const reason = "The words around the proof read like an instruction to a machine.";
        findings.push(against(rule, "review", reason, { parts: ofOthers }));
      }
      return findings;
    },
  };
}

/** What the immutable version says, so that one answer stands for every lead; the rest can change without it. */
const assetParts: ReadonlySet<string> = new Set(["title", "quote"]);

/** Nobody mistypes what nobody has typed: a planner or a template has no cause to. */
const ownParts: ReadonlySet<string> = new Set(["framing", "subject", "link"]);

function whose(part: string): "own" | "asset" | "other" {
  return ownParts.has(part) ? "own" : assetParts.has(part) ? "asset" : "other";
}

const lookalikes = "A word mixes letters of two scripts that look alike.";

type Shown = readonly (readonly [part: string, text: string])[];

/** Every word that a placement shows, with the attribution that the channel reads from the records. */
function shownTexts({ facts, version, content, rendered }: Subject): Shown | null {
  if (version === null || content === null || rendered === null) return null;
  return [
    ["title", version.content.title],
    ["quote", rendered.quote ?? ""],
    ["framing", rendered.framing],
    ["framing", content.framing],
    ["subject", rendered.subject ?? ""],
    ["subject", content.subject ?? ""],
    ...rendered.disclosures.map((text) => ["disclosure", text] as const),
    ...content.disclosures.map(({ text }) => ["disclosure", text] as const),
    ...rendered.links.map(({ text }) => ["link", text] as const),
    ...content.links.map(({ text }) => ["link", text] as const),
    ["attribution", facts.endorser?.role ?? ""],
    ["attribution", facts.endorser?.company ?? ""],
  ];
}

interface Scan {
  readonly unsafe: Unsafe | null;
  readonly instructionLike: boolean;
  readonly mixesScripts: boolean;
  readonly addresses: Addresses;
}

function scanOf(text: string): Scan {
  return {
    unsafe: unsafeText(text),
    instructionLike: isInstructionLike(text),
    mixesScripts: mixesScripts(text),
    addresses: addressesIn(text),
  };
}
