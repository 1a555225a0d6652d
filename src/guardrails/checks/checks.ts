import { brandVoice } from "./brand-voice.ts";
import { channelLimits } from "./channel-limits.ts";
import type { Check } from "./check.ts";
import { makeClaimSupported } from "./claim-supported.ts";
import { makeContentSafe } from "./content-safe.ts";
import { discloseConnection, discloseInsider } from "./disclosures.ts";
import { makePrivacyMinimal } from "./privacy-minimal.ts";
import { profileSpecial } from "./profile-special.ts";
import { quoteVerbatim } from "./quote-verbatim.ts";
import { reviewComplete } from "./review-complete.ts";
import { makeSentimentFit } from "./sentiment-fit.ts";

/** Every rule on text. */
export function makeChecks(): readonly Check[] {
  return [
    quoteVerbatim,
    discloseConnection,
    discloseInsider,
    makeClaimSupported(),
    channelLimits,
    makeContentSafe(),
    makePrivacyMinimal(),
    reviewComplete,
    makeSentimentFit(),
    profileSpecial,
    brandVoice,
  ];
}
