import type { TermIndex } from "../deployment/deployment.ts";
import type { AccountInput } from "../domain/account.ts";
import type { Taxonomy } from "../domain/deployer-profile.ts";
import { AppError, type FieldError } from "../domain/errors.ts";
import type { ConsentRecord, LeadInput } from "../domain/lead.ts";

type Use = readonly [vocabulary: keyof Taxonomy, pointer: string, term: string | undefined];

/** A consent may be as old as it likes; it cannot have been given tomorrow, but for clocks that differ. */
const clockGraceMs = 5 * 60_000;

/**
 * Throws `invalid`, with a pointer to each consent that is dated in the future: as the newest word of the lead it would
 * stand before every withdrawal until then.
 */
export function verifyConsentTimes(records: readonly ConsentRecord[], under: string, now: number): void {
  const fields = records.flatMap((record, i) =>
    Date.parse(record.at) <= now + clockGraceMs
      ? []
      : [{ pointer: `${under.replace("*", String(i))}/at`, message: "lies in the future" }],
  );
  if (fields.length > 0) throw new AppError("invalid", "A consent is dated in the future.", { fields });
}

/** Throws `invalid`, with a pointer to each term of the lead that the deployment's taxonomy does not have. */
export function verifyLeadTerms(terms: TermIndex, input: LeadInput): void {
  verify(terms, [
    ["industries", "/company/industry", input.company?.industry],
    ["personas", "/persona", input.persona],
    ...input.productInterest.map((product, i): Use => ["products", `/productInterest/${i}`, product]),
    ...input.consents.map((consent, i): Use => ["purposes", `/consents/${i}/purpose`, consent.purpose]),
  ]);
}

/** Throws `invalid` when the industry is not one of the taxonomy. */
export function verifyAccountTerms(terms: TermIndex, { industry }: AccountInput): void {
  verify(terms, [["industries", "/industry", industry]]);
}

/** Throws `invalid` when the purpose is not one of the taxonomy. */
export function verifyConsentTerms(terms: TermIndex, record: ConsentRecord): void {
  verify(terms, [["purposes", "/purpose", record.purpose]]);
}

function verify(terms: TermIndex, uses: readonly Use[]): void {
  const fields: FieldError[] = [];
  for (const [vocabulary, pointer, term] of uses) {
    const message = term === undefined ? null : terms.problem(vocabulary, term);
    if (message !== null) fields.push({ pointer, message });
  }
  if (fields.length === 0) return;
  const count = fields.length === 1 ? "A term is" : `${fields.length} terms are`;
  throw new AppError("invalid", `${count} not in the taxonomy. Use the deployment's terms, or add them to it.`, {
    fields,
  });
}
