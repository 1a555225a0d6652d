import { expect, test } from "vitest";
import { incentive } from "./asset.ts";
import { saysConnection } from "./connection-words.ts";

const says = (kind: string, text: string, language = "en") =>
  saysConnection(incentive.parse({ kind, conditionedOnSentiment: false, text }), language);

test.each([
  ["payment", "Was paid for it.", "en"],
  ["payment", "$25 for the review", "en"],
  ["payment", "Received compensation.", "en"],
  ["gift-card", "Received a gift card.", "en"],
  ["discount", "Got a discount.", "en"],
  ["free-product", "Received the product free of charge.", "en"],
  ["donation", "For each review we donate 10 dollars.", "en"],
  ["partnership", "Is a partner of ours and earns a commission.", "en"],
  ["other", "Got a discount.", "en"],
  ["other", "In return for a dinner.", "en"],
  ["gift-card", "Received a gift card.", "de"],
  ["gift-card", "Erhielt einen Geschenkgutschein über 20 Euro.", "de-AT"],
  ["payment", "Wurde bezahlt.", "de"],
  ["discount", "A reçu une remise.", "fr"],
  ["free-product", "Recibió el producto gratis.", "es"],
  ["donation", "Per ogni recensione una donazione.", "it"],
  ["partnership", "Is partner van de aanbieder.", "nl"],
  ["payment", "Opinia została opłacona.", "pl"],
  ["gift-card", "Fick ett presentkort.", "sv"],
  ["payment", "Wurde bezahlt.", "pt"],
])("%s is said: %s (%s)", (kind, text, language) => expect(says(kind, text, language)).toBe(true));

test.each([
  ["payment", "-", "en"],
  ["payment", "Thanks!", "en"],
  ["payment", "A happy customer.", "en"],
  ["payment", "Has patience.", "en"],
  ["discount", "Received a gift card.", "en"],
  ["free-product", "Speaks freely.", "fr"],
  ["other", "Thanks!", "en"],
  ["other", "Danke!", "de"],
  ["gift-card", "Danke!", "de"],
  ["payment", "Obrigado!", "pt"],
])("%s is not said: %s (%s)", (kind, text, language) => expect(says(kind, text, language)).toBe(false));
