import { leadId } from "../../../src/domain/ids.ts";
import { consentRecord } from "../../../src/domain/lead.ts";
import type { Change } from "./attacks.ts";
import { assets, type World } from "./world.ts";

/** What a change is about. */
export interface About {
  readonly number: number;
  readonly asset: string;
  readonly channel: string;
}

const nothing = async () => {};

/** Those that change nothing of an asset that is not `isOurs`. */
export const changesOfAsset: readonly Change[] = [
  "the grant is revoked",
  "the grant loses its channels",
  "the asset is disputed",
  "the asset has a new version",
];

/** Whether the asset is one that stands in good order, so that a change of it can be put right again. */
export function isOurs(asset: string): boolean {
  return [...assets.fine, ...assets.asked].some((one) => one === asset);
}

/** Makes the change, and gives what puts the world right again, so that the next attack finds it whole. */
export async function happen(
  world: World,
  change: Change,
  { number, asset, channel }: About,
): Promise<() => Promise<void>> {
  const { store, killSwitches, crm, recall } = world.vouchsafe;
  const lead = world.leads[number] ?? "";
  const consents = (status: "granted" | "withdrawn") =>
    store.write((trx) => {
      const at = new Date(world.runtime.clock.now()).toISOString();
      const record = { channel, purpose: "nurture", basis: "consent", status, at, evidence: "form:2" };
      return crm.addConsent(trx, leadId.parse(lead), consentRecord.parse(record));
    });
  const stop = async (scope: "global" | "channel" | "asset" | "playbook", target: string) => {
    await store.write((trx) => killSwitches.set(trx, { scope, target, reason: "test" }, "test"));
    return async () => void (await store.write((trx) => killSwitches.clear(trx, { scope, target }, "test")));
  };
  switch (change) {
    case "nothing":
      return nothing;
    case "the grant is revoked":
      if (!isOurs(asset)) return nothing;
      await store.write((trx) => recall.revoke(trx, world.idOf(asset), "test"));
      return () => world.grantAgain(asset);
    case "the grant loses its channels":
      if (!isOurs(asset)) return nothing;
      await store.write((trx) => recall.revoke(trx, world.idOf(asset), "test"));
      await world.grantAgain(asset, { channels: ["ads"] });
      return () => world.grantAgain(asset);
    case "the asset is disputed":
      if (!isOurs(asset) || (await world.statusOf(asset)) !== "active") return nothing;
      await world.setStatus(asset, "disputed");
      return () => world.setStatus(asset, "active");
    case "the asset has a new version":
      if (isOurs(asset)) await world.newVersion(asset);
      return nothing;
    case "the lead objects to all":
    case "the lead objects to the channel":
      await world.suppress(
        lead,
        change === "the lead objects to all" || channel === "ads" ? "all" : (channel as "web"),
      );
      return () => world.addLead(number);
    case "the lead withdraws consent":
      await consents("withdrawn");
      return async () => {
        world.runtime.advance(1000);
        await consents("granted");
      };
    case "everything is stopped":
      return stop("global", "*");
    case "the channel is stopped":
      return stop("channel", channel);
    case "the asset is stopped":
      return stop("asset", asset);
    case "the playbook is stopped":
      return stop("playbook", "test-proof");
    case "a second passes":
      world.runtime.advance(1001);
      return nothing;
    case "a minute passes":
      world.runtime.advance(61_000);
      return nothing;
    case "five days pass":
      world.runtime.advance(5 * 86_400_000);
      return nothing;
  }
}
