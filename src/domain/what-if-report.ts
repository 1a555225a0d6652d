import { z } from "zod";
export const requestedChange = z.strictObject({});
export type RequestedChange = z.infer<typeof requestedChange>;
export const whatIfReport = z.strictObject({ kind: z.literal("what-if") });
export type WhatIfReport = z.infer<typeof whatIfReport>;
