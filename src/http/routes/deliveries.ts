import { z } from "zod";
import type { DeliveryResolution } from "../../channels/channel.ts";
import { delivery } from "../../domain/delivery.ts";
import { AppError } from "../../domain/errors.ts";
import { deliveryId } from "../../domain/ids.ts";
import { deliveryState } from "../../domain/publication.ts";
import { channelName } from "../../domain/vocabulary.ts";
import type { AddEndpoint } from "../endpoint.ts";
import type { HttpDeps } from "../http.ts";
import { afterOf, pageOf, pageQuery, toPage } from "../paging.ts";

const byId = z.strictObject({ id: deliveryId });

/** For `unknown` alone; what failed is retried with an empty body. */
const resolution = z.union([
  z.strictObject({ resend: z.literal(true) }),
  z.strictObject({ markDelivered: z.literal(true) }),
  z.strictObject({}),
]);

/** The outbox: what is queued, what went out, what failed, and what is not known. */
export function addDeliveryRoutes(add: AddEndpoint, deps: HttpDeps): void {
  add({
    method: "get",
    path: "/v1/deliveries",
    tag: "deliveries",
    summary: "List deliveries, newest first",
    description: "`state=failed` are the dead letters, `state=unknown` what may or may not have gone out.",
    needs: "deliveries:read",
    query: z.strictObject({ ...pageQuery, state: deliveryState.optional(), channel: channelName.optional() }),
    answers: { 200: { description: "Newest first", schema: pageOf(delivery) } },
    async handle({ query: { limit, cursor, state, channel } }) {
      const filter = { state, channel, after: afterOf("deliveries", cursor), limit: limit + 1 };
      const rows = await deps.deliveries.list(deps.store.read, filter);
      return {
        status: 200,
        body: toPage("deliveries", rows, limit, { id: (row) => row.deliveryId, item: (row) => row }),
      };
    },
  });

  add({
    method: "get",
    path: "/v1/deliveries/{id}",
    tag: "deliveries",
    summary: "One delivery",
    needs: "deliveries:read",
    params: byId,
    answers: { 200: { description: "The delivery", schema: delivery } },
    async handle({ params: { id } }) {
      const found = await deps.deliveries.get(deps.store.read, id);
      if (found === null) throw new AppError("not-found", "There is no delivery of this id.");
      return { status: 200, body: found };
    },
  });

  add({
    method: "post",
    path: "/v1/deliveries/{id}/retry",
    tag: "deliveries",
    summary: "Retry what failed, or say what becomes of an unknown one",
    description:
      "What failed is queued again with an empty body. What is unknown may have gone out: `markDelivered` closes it, " +
      "`resend` queues it again at the risk that it arrives twice. Everything is judged anew before it is sent. 409: it " +
      "is neither, or the body is not one for its state. 410: the leave to send it has ended.",
    needs: "deliveries:resolve",
    params: byId,
    body: resolution,
    bodyOptional: true,
    answers: { 200: { description: "The delivery as it stands now", schema: delivery } },
    async handle({ params: { id }, body, caller }) {
      const how = resolutionOf(body);
      const resolved = await deps.store.write((trx) => deps.deliveries.resolve(trx, id, how, caller.keyId));
      return { status: 200, body: resolved };
    },
  });
}

function resolutionOf(body: z.output<typeof resolution>): DeliveryResolution {
  if ("resend" in body) return "resend";
  return "markDelivered" in body ? "mark-delivered" : "retry";
}
