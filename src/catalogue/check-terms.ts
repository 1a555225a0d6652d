import type { TermIndex } from "../deployment/deployment.ts";
import type { AssetInput } from "../domain/asset.ts";
import type { Taxonomy } from "../domain/deployer-profile.ts";
import type { FieldError } from "../domain/errors.ts";

/** Every term of an asset that the deployment's taxonomy does not have, with pointer and the nearest ones. */
export function checkTerms(input: AssetInput, terms: TermIndex): readonly FieldError[] {
  const one = (vocabulary: keyof Taxonomy, pointer: string, term: string | undefined): readonly FieldError[] => {
    const message = term === undefined ? null : terms.problem(vocabulary, term);
    return message === null ? [] : [{ pointer, message }];
  };
  const each = (vocabulary: keyof Taxonomy, pointer: string, list: readonly string[]) =>
    list.flatMap((term, index) => one(vocabulary, `${pointer}/${index}`, term));
  return [
    ...each("products", "/productContext", input.productContext),
    ...each("personas", "/audienceSegment/personas", input.audienceSegment.personas),
    ...each("industries", "/audienceSegment/industries", input.audienceSegment.industries),
    ...each("themes", "/themes", input.themes),
    ...each("objections", "/objections", input.objections),
    ...one("industries", "/endorser/industry", input.endorser?.industry),
    ...each("purposes", "/grant/purposes", input.grant?.purposes ?? []),
  ];
}
