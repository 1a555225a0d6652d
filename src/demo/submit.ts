import type { DemoActions } from "./actions.ts";
import { answerForm, clockForm, eventForm, readForm, revokeForm } from "./forms.ts";
import { type Story, type StoryStep, stories } from "./stories.ts";
import type { Where } from "./view.ts";

/** What a form does; where the player is afterwards. */
export type FormAction = (
  where: Where,
  fields: Readonly<Record<string, string>>,
  actions: DemoActions,
) => Promise<Where>;

export const postEvent: FormAction = async (where, fields, actions) => {
  const form = readForm(eventForm, fields);
  if ("text" in form) return { ...where, decision: await actions.say(where, form.text), place: null };
  const decision = await actions.press(where, form.move);
  return { ...after(where, { kind: "move", move: form.move }), decision, place: null };
};

export const postAnswer: FormAction = async (where, fields, actions) => {
  const { approval, note, ...form } = readForm(answerForm, fields);
  await actions.answer(where, approval, { ...form, ...(note ? { note } : {}) });
  // Other words are asked about once more, so the story waits for that.
  return form.verdict === "edit" ? where : after(where, { kind: "answer" });
};

export const postRevoke: FormAction = async (where, fields, actions) => {
  await actions.revoke(readForm(revokeForm, fields).asset);
  return after(where, { kind: "revoke" });
};

export const postClock: FormAction = async (where, fields, actions) => {
  const { by } = readForm(clockForm, fields);
  await actions.moveClock(where, by);
  return after(where, { kind: "clock", by });
};

/** The story goes on when what was pressed is what it asked for. */
function after(where: Where, pressed: StoryStep["press"]): Where {
  const story: Story | null = where.story && stories[where.story];
  const asked = story?.steps[where.step]?.press;
  return asked !== undefined && isSame(asked, pressed) ? { ...where, step: where.step + 1 } : where;
}

function isSame(asked: StoryStep["press"], pressed: StoryStep["press"]): boolean {
  return JSON.stringify(asked) === JSON.stringify(pressed);
}
