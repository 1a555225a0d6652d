import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Delivery } from "../../src/domain/delivery.ts";
import type { DeliveryState } from "../../src/domain/publication.ts";
import { openTestService, type TestService } from "./service.ts";

export const step = {
  channel: "email",
  place: "nurture-step",
  subject: "What {{company}} may want to know",
  framing: "What others in {{industry}} say",
  link: { url: "https://www.tidewise.example/customers", text: "Read the stories" },
};
export const hero = { channel: "web", place: "pricing-hero", framing: "What others say" };
export const consent = {
  channel: "email",
  purpose: "nurture",
  basis: "consent",
  status: "granted",
  at: "2026-05-01T00:00:00Z",
} as const;

/** The product with one e-mail touchpoint (or what `playbook` says), its asset and a lead who consented. */
export async function openEmailService(options: Parameters<typeof openTestService>[0] & { lead?: object } = {}) {
  const service = await openTestService({
    ...options,
    env: { VOUCHSAFE_PUBLIC_URL: "https://proof.tidewise.example", ...options.env },
    playbook: { touchpoints: [step], ...options.playbook },
  });
  await service.putAsset();
  await service.putLead({ consents: [consent], ...options.lead });
  return service;
}

export async function deliveriesOf(service: TestService): Promise<readonly Delivery[]> {
  const { deliveries, store } = service.vouchsafe;
  return await deliveries.list(store.read, { channel: "email", after: null, limit: 100 });
}

/** Waits until the newest e-mail stands in one of the states; fails after five seconds. */
export async function delivered(service: TestService, ...states: DeliveryState[]): Promise<Delivery> {
  const until = performance.now() + 5000;
  for (;;) {
    const [newest] = await deliveriesOf(service);
    if (newest && states.includes(newest.state)) return newest;
    if (performance.now() > until) throw new Error(`the delivery rests: ${JSON.stringify(newest)}`);
    await new Promise((wait) => setTimeout(wait, 10));
  }
}

export function outboxFiles(service: Pick<TestService, "dataDir">): string[] {
  try {
    return readdirSync(join(service.dataDir, "outbox")).sort();
  } catch {
    return [];
  }
}
