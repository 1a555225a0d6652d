import type { Step } from "../scenario.ts";

/** What happens in a step, as one would tell it. */
export function happeningWords(step: Step): string {
  const { event, wait, clock, answer, stop, resume, status, look } = step;
  if (event) return `${event.lead} ${eventWords(event)}`;
  if (wait) return spanWords(wait);
  if (clock) return `The clock is set to ${clock}`;
  if (answer) return `A person ${answerWords[answer.verdict]}`;
  if (step.clear) return `A person ${clearWords[step.clear.verdict]} ${step.clear.asset}`;
  if (step.revoke) return `Every grant of ${step.revoke} is revoked`;
  if (stop) return `An operator stops ${scopeWords(stop)}`;
  if (resume) return `An operator lets ${scopeWords(resume)} go on`;
  if (step.withdraw) return `What was published is withdrawn by hand: ${step.withdraw}`;
  if (step.asset) return `The asset ${String(step.asset.assetId ?? step.asset.like)} is written anew`;
  if (step.lead) return `The lead ${String(step.lead.leadId ?? step.lead.like)} is written anew`;
  if (status) return `The asset ${status.asset} becomes ${status.to}`;
  if (step.mail) return mailWords[step.mail];
  if (step.crmFails) return `The CRM fails at the next ${step.crmFails} reads`;
  if (look) return `A page asks what ${look.lead} is shown at ${look.place}`;
  return "Nothing";
}

const told = ["url", "text", "message", "form", "to", "days", "stage"] as const;

/** `page viewed: /pricing`, by the first of its fields that says something. */
function eventWords({ type, data }: NonNullable<Step["event"]>): string {
  const words = type
    .replace(/\.v\d+$/, "")
    .replace(/^[a-z]+\./, "")
    .replaceAll("-", " ");
  const said = told.map((field) => data[field]).find((value) => typeof value === "string" || typeof value === "number");
  const { consent } = data;
  const isConsent = typeof consent === "object" && consent !== null && "channel" in consent && "status" in consent;
  if (isConsent) return `${words}: ${String(consent.channel)} ${String(consent.status)}`;
  return said === undefined ? words : `${words}: ${shortened(String(said))}`;
}

function shortened(text: string): string {
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}

function spanWords({ days = 0, hours = 0, minutes = 0 }: NonNullable<Step["wait"]>): string {
  const parts = [
    [days, "day"],
    [hours, "hour"],
    [minutes, "minute"],
  ] as const;
  const some = parts.filter(([many]) => many > 0);
  const words = some.map(([many, unit]) => `${many} ${unit}${many === 1 ? "" : "s"}`).join(" ");
  return `${words || "No time"} ${some.length <= 1 && (some[0]?.[0] ?? 1) === 1 ? "passes" : "pass"}`;
}

const answerWords = {
  approve: "approves what waits",
  edit: "changes the framing and approves",
  reject: "rejects what waits",
} as const;

const clearWords = {
  clear: "clears what is asked about",
  refuse: "refuses what is asked about",
  reopen: "asks again about",
} as const;

const mailWords = {
  works: "The mail server works again",
  refuses: "The mail server refuses messages from here on",
  fails: "The mail server cannot be reached from here on",
  loses: "The mail server takes messages and loses the answer from here on",
} as const;

function scopeWords({ scope, target }: NonNullable<Step["stop"]>): string {
  return scope === "global" ? "everything" : `the ${scope} ${target}`;
}
