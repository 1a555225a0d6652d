import type { Content } from "../../domain/content.ts";
import type { AssetVersion } from "../../domain/facts.ts";
import { quotedWords } from "../../domain/quoted-words.ts";
import type { Channel } from "../channel.ts";

/** Pages: the publication is read when it is viewed, so committing it is the delivery and withdrawing it is immediate. */
export const webChannel: Channel = {
  name: "web",
  delivery: "pull",
  takesIdempotencyKey: true,
  canBeReadBack: true,
  canBeWithdrawn: true,
  renderText: (content, version) => ({
    quote: quoteOf(content, version),
    framing: content.framing,
    disclosures: content.disclosures.map((disclosure) => disclosure.text),
    links: content.links,
  }),
};

/** What the content shows of the version's quote, cuts marked; null when it shows none, or names a span outside. */
export function quoteOf(content: Content, version: AssetVersion): string | null {
  const { quote } = version.content;
  return content.quote === null || quote === undefined ? null : quotedWords(quote, content.quote);
}
