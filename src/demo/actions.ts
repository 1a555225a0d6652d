import type { ApprovalAnswer } from "../domain/approval.ts";
import { AppError } from "../domain/errors.ts";
import { approvalId, assetId, decisionId, leadId } from "../domain/ids.ts";
import { type ClockStep, stepMs } from "./clock-steps.ts";
import type { DemoDeps } from "./demo-deps.ts";
import { verifySampleLead } from "./load-view.ts";
import { moveContext } from "./move-context.ts";
import { type MoveEvent, type MoveName, moves, said } from "./moves.ts";
import type { Where } from "./view.ts";

/** Each does one thing through the port that the API uses, to the sample and to nothing else. */
export interface DemoActions {
  /** Posts the move's event; the id of the decision that it opens. */
  press(where: Where, move: MoveName): Promise<string>;
  say(where: Where, text: string): Promise<string>;
  /** Throws what the approvals throw; `not-found` for a question about another lead. */
  answer(where: Where, id: string, answer: ApprovalAnswer): Promise<void>;
  revoke(id: string): Promise<void>;
  moveClock(where: Where, step: ClockStep): Promise<void>;
}

export function makeDemoActions(deps: DemoDeps): DemoActions {
  const { store } = deps;

  async function post(where: Where, { type, data }: MoveEvent): Promise<string> {
    const answer = await deps.intake.accept({
      specversion: "1.0",
      id: Buffer.from(deps.random.bytes(16)).toString("hex"),
      source: "/demo",
      type,
      subject: verifySampleLead(deps, where.lead),
      time: new Date(deps.clock.now()).toISOString(),
      data,
    });
    if (answer.outcome !== "refused") return answer.decisionId;
    const { code, message, fields } = answer;
    throw new AppError(code, [message, ...fields.map((field) => `${field.pointer}: ${field.message}`)].join(" "));
  }

  return {
    async press(where, move) {
      const lead = leadId.parse(verifySampleLead(deps, where.lead));
      const event = moves[move].event(await moveContext(deps, lead, where.place ?? ""));
      if (event === null) throw new AppError("invalid", "That cannot happen to this lead now.");
      return post(where, event);
    },

    say: (where, text) => post(where, said(text)),

    async answer(where, id, answer) {
      const parsed = approvalId.safeParse(id);
      const asked = parsed.success ? await deps.approvals.get(store.read, parsed.data) : null;
      if (asked === null || asked.leadId !== verifySampleLead(deps, where.lead)) {
        throw new AppError("not-found", "This lead has no question of this id.");
      }
      await store.write((trx) => deps.approvals.answer(trx, asked.approvalId, answer, "demo"));
    },

    async revoke(id) {
      const parsed = assetId.safeParse(id);
      if (!parsed.success || !deps.sample?.assets.includes(parsed.data)) {
        throw new AppError("not-found", "There is no asset of this id in the sample.");
      }
      await store.write((trx) => deps.recall.revoke(trx, parsed.data, "Withdrawn by the endorser, in the demo."));
    },

    async moveClock(where, step) {
      const wakeAt = step === "until-wake" ? await wakeAtOf(where) : null;
      const ms = stepMs(step, deps.clock.now(), wakeAt);
      if (ms === null) throw new AppError("conflict", "Nothing of this decision waits for a later time any more.");
      await deps.clock.moveOn(ms);
    },
  };

  async function wakeAtOf(where: Where): Promise<number | null> {
    const id = decisionId.safeParse(where.decision);
    const decision = id.success ? await deps.decisions.get(store.read, id.data) : null;
    if (decision?.leadId !== where.lead || decision.wakeAt === null) return null;
    return Date.parse(decision.wakeAt);
  }
}
