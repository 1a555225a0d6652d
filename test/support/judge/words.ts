import type { PlacementFacts } from "../../../src/domain/facts.ts";
import { contentOf, grantOf, type RuleJudge, unless, versionOf } from "./opinion.ts";

/** The written rules on what is shown, read as plainly as they stand: good enough to catch what was planted, no more. */
export const words: Readonly<Record<string, RuleJudge>> = {
  "quote.verbatim": (facts) => {
    const content = contentOf(facts);
    const whole = versionOf(facts)?.content.quote ?? "";
    if (content === null) return "deny";
    if (content.quote === null) return "ok";
    const { start, end } = content.quote;
    if (!(0 <= start && start < end && end <= whole.length)) return "deny";
    const isWhole = start === 0 && end === whole.length;
    return unless(isWhole, grantOf(facts)?.terms.excerptsAllowed === true ? "review" : "deny");
  },

  "claim.supported": (facts) => {
    const known = `${sourceText(facts)} ${facts.definition?.framing ?? ""}`;
    const numbers = (text: string): readonly string[] => text.match(/\p{N}+(?:[.,]\p{N}+)*/gu) ?? [];
    const isKnown = (number: string) => numbers(known).includes(number);
    return unless(numbers(framingOf(facts)).every(isKnown), "deny");
  },

  "content.safe": (facts) => {
    const content = contentOf(facts);
    if (content === null) return "deny";
    const acts = /<|>|&#|https?:|www\.|javascript:|data:|\bmailto:|[\p{Cf}]|(?!\n)\p{Cc}/iu;
    const hosts = [...facts.profile.linkHosts, ...hostsOf([versionOf(facts)?.content.source.url ?? ""])];
    const areLinksKnown = hostsOf(content.links.map(({ url }) => url)).every((host) => hosts.includes(host));
    if (acts.test(framingOf(facts)) || !areLinksKnown) return "deny";
    const commands =
      /ignore (?:all|any|everything|the|previous|your)|disregard|system prompt|you are now|publish (?:it|this|this everywhere)/i;
    return unless(!commands.test(`${framingOf(facts)} ${versionOf(facts)?.content.quote ?? ""}`), "review");
  },

  "privacy.minimal": (facts) => {
    const personal = /[\w.+-]+@[\w-]+\.\w+|\+\d{6,}|\b(?:sk|ghp|xoxb)[-_]\w{8,}/u;
    return unless(!personal.test(framingOf(facts)), "deny");
  },

  "profile.special": (facts) => {
    const special = /\b(?:your|ihre?) (?:religion|faith|health|illness|disability|debts?|age|krankheit|schulden)\b/iu;
    return unless(!special.test(ownWords(facts)), "deny");
  },

  "review.complete": (facts) => {
    const wholes =
      /\b(?:all|every|average) (?:our |the |of our )?(?:reviews?|reviewers|ratings?)\b|\d ?(?:\/|out of) ?5\b/iu;
    const { title, statistic } = versionOf(facts)?.content ?? {};
    const isWhole = statistic?.coverage === "all" && new Date(statistic.to).getTime() <= facts.now;
    return unless(isWhole || !wholes.test(`${title}\n${ownWords(facts)}`), "deny");
  },

  "sentiment.fit": (facts) => {
    const asset = versionOf(facts)?.content;
    if (!asset?.quote || contentOf(facts)?.quote === null) return "ok";
    const complains = /\b(?:disappoint|failed|lost|complain|terrible|useless|regret)/giu;
    const isSour = asset.sentiment === undefined && (asset.quote.match(complains)?.length ?? 0) > 1;
    return unless(asset.sentiment !== "negative" && asset.sentiment !== "mixed" && !isSour, "review");
  },

  "brand.voice": (facts) => {
    const { voice } = facts;
    if (voice === null) return "ok";
    const said = ownWords(facts).toLowerCase();
    if (voice.forbidden.some((one) => said.includes(one.toLowerCase()))) return "deny";
    const longest = voice.maxFramingChars[facts.touchpoint.channel] ?? 300;
    const isLoud = said.split("!").length - 1 > voice.tone.maxExclamations;
    return unless(framingOf(facts).length <= longest && !isLoud, "review");
  },

  "channel.limits": (facts) => {
    const content = contentOf(facts);
    if (content === null || facts.definition === null) return "deny";
    const shown = content.quote ? content.quote.end - content.quote.start : 0;
    return unless(content.framing.length <= 300 && shown <= facts.definition.maxQuoteChars, "deny");
  },

  "disclose.connection": (facts) => {
    const given = versionOf(facts)?.content.source.incentive;
    const disclosed = contentOf(facts)?.disclosures.some(
      ({ kind, text }) => kind === "connection" && text === given?.text,
    );
    if (given === undefined) return "ok";
    const says = /paid|pay|gift|voucher|discount|free|donat|partner|commission|gutschein|bezahlt|rabatt|spende/i;
    return disclosed === true ? unless(says.test(given.text), "review") : "deny";
  },

  "disclose.insider": (facts) => {
    const insiders = ["employee", "officer", "agent", "relative", "partner", "investor"];
    const isInsider = facts.endorser !== null && insiders.includes(facts.endorser.relationship);
    return unless(!isInsider || contentOf(facts)?.disclosures.some(({ kind }) => kind === "insider") === true, "deny");
  },
};

/** What the deploying company says, beside what is quoted. */
const ownWords = (facts: PlacementFacts) => `${framingOf(facts)}\n${contentOf(facts)?.subject ?? ""}`;
const framingOf = (facts: PlacementFacts) => contentOf(facts)?.framing ?? "";

function sourceText(facts: PlacementFacts): string {
  const asset = versionOf(facts)?.content;
  const claims = asset?.claims.map(({ value, unit }) => `${value} ${unit}`) ?? [];
  return [asset?.title, asset?.quote, asset?.body, ...claims].join(" ");
}

function hostsOf(urls: readonly string[]): readonly string[] {
  return urls.flatMap((url) => (URL.canParse(url) ? [new URL(url).hostname] : []));
}
