import { z } from "zod";
import { accountInput } from "./account.ts";
import { approval, approvalAnswer } from "./approval.ts";
import { assetInput } from "./asset.ts";
import { brand } from "./brand.ts";
import { clearanceAnswer, clearanceDetail } from "./clearance.ts";
import { content } from "./content.ts";
import { decision } from "./decision.ts";
import { delivery } from "./delivery.ts";
import { deployerProfile, taxonomy } from "./deployer-profile.ts";
import { endorserInput } from "./endorser.ts";
import { cloudEventEnvelope, eventData } from "./event.ts";
import { finding } from "./finding.ts";
import { grantInput } from "./grant.ts";
import { consentRecord, leadInput } from "./lead.ts";
import { opportunityInput } from "./opportunity.ts";
import { plan } from "./plan.ts";
import { playbook } from "./playbook.ts";
import { publication, slot } from "./publication.ts";

/** `write`: callers send it, unknown fields are refused. `read`: we answer it, and readers ignore fields they don't know. */
export type SchemaUse = "write" | "read";

/**
 * The records as JSON Schema (draft 2020-12), by name with version: `asset.v1`, and the `data` of each event type by
 * its own name, `lead.page-viewed.v1`. Each carries its `$id`, `/schemas/<name>.json`, where it is served.
 */
export function publishedSchemas(): Readonly<Record<string, object>> {
  made ??= Object.freeze(
    Object.fromEntries(
      Object.entries(published).map(([name, { use, schema }]) => [name, toJsonSchema(name, use, schema)]),
    ),
  );
  return made;
}

/** Whether callers send the record or read it; null for a name that is not published. */
export function schemaUse(name: string): SchemaUse | null {
  return published[name]?.use ?? null;
}

let made: Readonly<Record<string, object>> | undefined;

const written = {
  "asset.v1": assetInput,
  "lead.v1": leadInput,
  "account.v1": accountInput,
  "opportunity.v1": opportunityInput,
  "consent.v1": consentRecord,
  "endorser.v1": endorserInput,
  "grant.v1": grantInput,
  "cloud-event.v1": cloudEventEnvelope,
  "approval-answer.v1": approvalAnswer,
  "clearance-answer.v1": clearanceAnswer,
  "playbook.v1": playbook,
  "deployer-profile.v1": deployerProfile,
  "taxonomy.v1": taxonomy,
  "brand.v1": brand,
  "plan.v1": plan,
  ...eventData,
};
const answered = {
  "decision.v1": decision,
  "finding.v1": finding,
  "content.v1": content,
  "approval.v1": approval,
  "clearance.v1": clearanceDetail,
  "publication.v1": publication,
  "delivery.v1": delivery,
  "slot.v1": slot,
};
const published: Readonly<Record<string, { readonly use: SchemaUse; readonly schema: z.ZodType }>> = {
  ...withUse("write", written),
  ...withUse("read", answered),
};

function withUse(use: SchemaUse, schemas: Readonly<Record<string, z.ZodType>>) {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, { use, schema }]));
}

function toJsonSchema(name: string, use: SchemaUse, schema: z.ZodType): object {
  const { $schema, ...body } = z.toJSONSchema(schema, {
    io: use === "write" ? "input" : "output",
    reused: "inline",
    override: ({ jsonSchema }) => {
      if (use === "read" && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return { $schema, $id: `/schemas/${name}.json`, title: name, ...body };
}
