import { expect, test } from "vitest";
import { holding, saidBy, showing } from "../../../test/support/one-check.ts";
import { placementFacts } from "../../../test/support/placement-facts.ts";
import { profileSpecial } from "./profile-special.ts";

const words = "Since your diagnosis";

test.each([
  ["allow", "nothing of the kind", placementFacts()],
  ["deny", "in the framing that is hashed", holding({ framing: words })],
  ["deny", "in the framing that is shown", showing({ framing: words })],
  ["deny", "in the subject that is hashed", holding({ subject: words })],
  ["deny", "in the subject that is shown", showing({ subject: words })],
  ["deny", "no content", placementFacts({ facts: { content: null } })],
  ["deny", "nothing rendered", placementFacts({ facts: { rendered: null } })],
])("%s: %s", (effect, _why, facts) => expect(saidBy(profileSpecial, facts)).toBe(effect));
