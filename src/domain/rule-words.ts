/** What each rule asks for, and what it means for an asset that it stands against. */
const rules: Readonly<Record<string, { readonly asks: string; readonly against: string }>> = {
  "grant.valid": {
    asks: "A grant of the endorser covers this version now.",
    against: "no grant of the endorser covers it now",
  },
  "grant.channel": {
    asks: "The grant covers the channel.",
    against: "its grant does not cover this channel",
  },
  "grant.territory": {
    asks: "The grant covers the lead's country.",
    against: "its grant does not cover the lead's country",
  },
  "grant.purpose": {
    asks: "The grant covers this use.",
    against: "its grant does not cover this use",
  },
  "grant.elements": {
    asks: "Everything shown is covered by the grant, or masked.",
    against: "its grant does not cover what would be shown",
  },
  "asset.current": {
    asks: "The version is the current one and may be used.",
    against: "it is not the current version, or is out of use",
  },
  "asset.fresh": {
    asks: "The asset is not older than its kind allows.",
    against: "it is too old",
  },
  "asset.source-terms": {
    asks: "The terms of the platform that the words come from are met.",
    against: "a term of the platform that it comes from is not met",
  },
  "endorser.current": {
    asks: "It was checked lately that the endorser is still a customer and in that post.",
    against: "it was not checked lately that the endorser is still a customer and in that post",
  },
  "proof.authentic": {
    asks: "A known and verified person said it, and no model wrote any of it.",
    against: "its author is not known or not verified, or a model wrote some of it",
  },
  "claim.typical": {
    asks: "Results are typical and substantiated, or what can be expected is shown with them.",
    against: "its result may not be typical, and what can be expected is not shown with it",
  },
  "claim.statistic": {
    asks: "It is stored on what a statistic rests.",
    against: "it is not stored on what its figure rests",
  },
  "review.sentiment-incentive": {
    asks: "Nothing was given on condition of what the review says.",
    against: "something was given on condition of what it says",
  },
  "review.selection": {
    asks: "It is said that reviews were picked, where that is wanted.",
    against: "it would not be said that it was picked from among others",
  },
  "disclose.verification": {
    asks: "How reviews are verified is said, where that is wanted.",
    against: "it would not be said how reviews are verified",
  },
  "disclose.adviser": {
    asks: "An adviser's testimonial says whose client spoke, what was paid and which conflicts there are.",
    against: "client status, pay and conflicts would not be said",
  },
  "disclose.ai": {
    asks: "Words of a model are marked, and who talks to a machine is told so.",
    against: "it would not be said that a machine writes or answers",
  },
  "tracking.consent": {
    asks: "Nothing tells what this one lead does, unless the lead has consented to it.",
    against: "it would tell what this one lead does, and the lead has not consented to that",
  },
  "autonomy.first-use": {
    asks: "A person has seen the first uses.",
    against: "a person has not seen its first uses yet",
  },
  "endorser.exclusions": {
    asks: "The lead's company is not one that the endorser excludes.",
    against: "the endorser's terms exclude the lead's company",
  },
  "endorser.fatigue": {
    asks: "The asset has not been used more often than its grant allows.",
    against: "it has been used as often as its grant allows",
  },
  "consent.channel": {
    asks: "The lead may be addressed on this channel for this purpose.",
    against: "the lead may not be addressed on this channel for this purpose",
  },
  "consent.suppressed": {
    asks: "The lead has not objected.",
    against: "the lead has objected",
  },
  "contact.frequency": {
    asks: "The lead is not contacted more often than the playbook allows.",
    against: "the lead has been contacted as often as playbook or profile allow",
  },
  "contact.quiet-hours": {
    asks: "It is not quiet hours where the lead is.",
    against: "it is quiet hours where the lead is",
  },
  "contact.repeat": {
    asks: "The lead has not been shown this asset lately.",
    against: "the lead has been shown it lately",
  },
  "email.sender": {
    asks: "The message says who sends it and at which postal address.",
    against: "it is not set up who sends e-mail (there is no brand file)",
  },
  "email.unsubscribe": {
    asks: "One click unsubscribes, by a link that works long enough.",
    against: "there is no https link by which to unsubscribe (VOUCHSAFE_PUBLIC_URL)",
  },
  "email.recipient": {
    asks: "The lead has an e-mail address.",
    against: "no e-mail address of the lead is known",
  },
  "quote.verbatim": {
    asks: "The quote is word for word what the endorser said.",
    against: "the quote is not word for word what the endorser said",
  },
  "claim.supported": {
    asks: "The words around the proof claim nothing that it does not bear out.",
    against: "the words around it claim what nobody has borne out",
  },
  "review.complete": {
    asks: "What is said of all reviews, or of their average, covers every one of them.",
    against: "it speaks for all reviews without a statistic over all of them",
  },
  "sentiment.fit": {
    asks: "The quote does not speak against the product.",
    against: "nobody has said that the quote speaks for the product",
  },
  "profile.special": {
    asks: "The words around the proof imply nothing sensitive about the lead.",
    against: "the words around it imply something sensitive about the lead",
  },
  "brand.voice": {
    asks: "The words around the proof are in the brand's voice.",
    against: "the words around it are not in the brand's voice",
  },
  "channel.limits": {
    asks: "It fits the place.",
    against: "it does not fit the place",
  },
  "permit.valid": {
    asks: "The permit stands for exactly this content.",
    against: "its permit no longer stands",
  },
  "disclose.connection": {
    asks: "What the endorser got in return is disclosed beside the quote.",
    against: "what the endorser got in return would not be disclosed",
  },
  "disclose.insider": {
    asks: "The endorser's relationship to the company is disclosed.",
    against: "the endorser's relationship would not be disclosed",
  },
  "content.safe": {
    asks: "Nothing shown can act on the page or on a reader.",
    against: "its text holds something unsafe",
  },
  "privacy.minimal": {
    asks: "Nothing shown holds personal data that the grant does not cover.",
    against: "its words hold personal data that the grant does not cover",
  },
  "autonomy.confidence": {
    asks: "The confidence reaches the playbook's threshold.",
    against: "the confidence is too low to go without a person",
  },
  "rollout.mode": {
    asks: "The playbook is switched on for this lead.",
    against: "the playbook is not switched on for this lead",
  },
  "kill-switch": {
    asks: "No operator has stopped it.",
    against: "an operator has stopped it",
  },
  "engine.failure": {
    asks: "The rules could be evaluated.",
    against: "the rules could not be evaluated, so it counts as not allowed",
  },
};

/** Every rule there is. */
export const ruleIds: readonly string[] = Object.keys(rules);

/** What the rule asks for, as a sentence. */
export function meaningOf(rule: string): string {
  return rules[rule]?.asks ?? `The rule ${rule}.`;
}

/** What stands in the way, as part of a sentence. */
export function ruleWords(rule: string): string {
  return rules[rule]?.against ?? `the rule ${rule} stands against it`;
}

/** Whether the rule has words of its own. */
export function hasRuleWords(rule: string): boolean {
  return rules[rule] !== undefined;
}
