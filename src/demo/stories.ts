import type { ClockStep } from "./clock-steps.ts";
import type { MoveName } from "./moves.ts";

/** A guided tour of a few presses: one lead, and what to press and look at, in order. */
export interface Story {
  readonly title: string;
  /** What it shows, in a sentence. */
  readonly teaser: string;
  readonly lead: string;
  readonly steps: readonly StoryStep[];
}

export interface StoryStep {
  /** What to do, and what to look at then. */
  readonly text: string;
  readonly press:
    | { readonly kind: "move"; readonly move: MoveName }
    | { readonly kind: "clock"; readonly by: ClockStep }
    /** Takes back what the page shows. */
    | { readonly kind: "revoke" }
    /** The player answers what waits. */
    | { readonly kind: "answer" }
    | { readonly kind: "look" };
}

export const stories = {
  proof: {
    title: "A lead sees proof",
    teaser: "One visit to the price list, and the page shows the customer who is most like the visitor.",
    lead: "L-1042",
    steps: [
      {
        text: "Paula weighs up whether to buy. Let her open the price list.",
        press: { kind: "move", move: "visits-pricing" },
      },
      {
        text: "The page now carries a quote from a company like hers. Look at why: the candidates with their scores, the rules that each was held against, and the entries in the log.",
        press: { kind: "look" },
      },
    ],
  },
  person: {
    title: "Not sure enough? You decide",
    teaser: "Nothing fits this lead well. Rather than guess, the decision waits for a person.",
    lead: "L-4009",
    steps: [
      {
        text: "George works in the public sector, where there is little proof. Let him open the price list.",
        press: { kind: "move", move: "visits-pricing" },
      },
      {
        text: "The confidence is under the playbook's threshold, so nothing is shown yet. Read what would be, then approve it, change its words, or reject it.",
        press: { kind: "answer" },
      },
      {
        text: "Your answer was judged again by every rule before anything happened, and stands in the log.",
        press: { kind: "look" },
      },
    ],
  },
  withdrawal: {
    title: "An endorser withdraws",
    teaser: "The right to use a quote ends, and the page is empty from that moment.",
    lead: "L-1051",
    steps: [
      {
        text: "Lukas is about to decide. Let him open the price list, so that the page shows a quote.",
        press: { kind: "move", move: "visits-pricing" },
      },
      {
        text: "Now the customer who was quoted takes the permission back.",
        press: { kind: "revoke" },
      },
      {
        text: "The slot is empty, the decision says why, and no other lead sees the quote any more. Let Lukas come back: something else is found, or nothing.",
        press: { kind: "move", move: "visits-pricing" },
      },
    ],
  },
  consent: {
    title: "No consent, no e-mail",
    teaser: "A lead who took the consent back is not written to, however good the proof is.",
    lead: "L-3011",
    steps: [
      {
        text: "Riley withdrew the consent to e-mails last week, and has gone quiet since.",
        press: { kind: "move", move: "goes-quiet" },
      },
      {
        text: "On the page, which Riley opens, proof may stand. No e-mail went out: the e-mail pane says why.",
        press: { kind: "look" },
      },
    ],
  },
  clock: {
    title: "Not too often",
    teaser: "The fourth contact in a week has to wait. Move the clock on and watch it wake up.",
    lead: "L-4002",
    steps: [
      { text: "Harriet says that it is too expensive.", press: { kind: "move", move: "too-expensive" } },
      { text: "Harriet asks about security.", press: { kind: "move", move: "asks-security" } },
      { text: "Harriet replies to an e-mail.", press: { kind: "move", move: "replies-email" } },
      {
        text: "The playbooks allow three contacts a week, and these were three. A fourth: Harriet opens the price list.",
        press: { kind: "move", move: "visits-pricing" },
      },
      {
        text: "It is held until the next week begins where Harriet lives. Move the clock to that moment.",
        press: { kind: "clock", by: "until-wake" },
      },
      {
        text: "The held decision woke by itself, was judged anew, and its proof is on the page.",
        press: { kind: "look" },
      },
    ],
  },
} as const satisfies Readonly<Record<string, Story>>;

export type StoryName = keyof typeof stories;
export const storyNames = Object.keys(stories) as readonly StoryName[];
