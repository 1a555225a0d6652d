import type { Content } from "../../domain/content.ts";
import type { AssetVersion } from "../../domain/facts.ts";
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

/** The characters of the version's quote that the content shows; null when it shows none, or names a span outside. */
export function quoteOf(content: Content, version: AssetVersion): string | null {
  const { quote } = version.content;
  if (content.quote === null || quote === undefined) return null;
  const { start, end } = content.quote;
  return start < end && end <= quote.length ? quote.slice(start, end) : null;
}
