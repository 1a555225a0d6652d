import { z } from "zod";
import { AppError, type ErrorCode, type FieldError, isAppError } from "../domain/errors.ts";
import type { Logger } from "../telemetry/telemetry.ts";

/** RFC 9457 problem details, as every error answers. */
export const problem = z.strictObject({
  type: z.string().describe("A relative reference, /problems/<code>"),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string().describe("The request's id, to quote when asking about it"),
  errors: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })).optional(),
});
export type Problem = z.infer<typeof problem>;

export type ProblemCode = ErrorCode | "method-not-allowed" | "internal";

/** Code → status and title: the one table. Codes that tell of our own faults say nothing to the caller. */
export const problemTable: Readonly<Record<ProblemCode, { readonly status: number; readonly title: string }>> = {
  malformed: { status: 400, title: "The request cannot be read" },
  unauthenticated: { status: 401, title: "A valid key is needed" },
  forbidden: { status: 403, title: "The key's role does not allow this" },
  "not-found": { status: 404, title: "There is no such thing" },
  "method-not-allowed": { status: 405, title: "The method is not offered here" },
  conflict: { status: 409, title: "It conflicts with what is stored" },
  gone: { status: 410, title: "It is no longer open" },
  "precondition-failed": { status: 412, title: "A precondition does not hold" },
  "too-large": { status: 413, title: "The request is too large" },
  "unsupported-media-type": { status: 415, title: "The content type is not accepted" },
  invalid: { status: 422, title: "The request is well-formed but not acceptable" },
  "precondition-required": { status: 428, title: "The request must say what it was made on" },
  overloaded: { status: 429, title: "Too much at once; try again later" },
  internal: { status: 500, title: "Something went wrong on this side" },
  "stale-lease": { status: 500, title: "Something went wrong on this side" },
  config: { status: 500, title: "Something went wrong on this side" },
  corrupt: { status: 500, title: "Something went wrong on this side" },
  unavailable: { status: 503, title: "Not available now; try again later" },
};

/** What a caller is told: no more than the code's own words, and for our own faults only the request's id. */
export function toProblem(error: unknown, requestId: string): { problem: Problem; headers: Record<string, string> } {
  if (!isAppError(error) || problemTable[error.code].status === 500) {
    return { problem: describeProblem("internal", "It was recorded under this request's id.", requestId), headers: {} };
  }
  return {
    problem: describeProblem(error.code, error.message, requestId, error.fields),
    headers: {
      ...(error.retryAfterSeconds !== undefined && { "Retry-After": String(error.retryAfterSeconds) }),
      ...(error.code === "unauthenticated" && { "WWW-Authenticate": 'Bearer realm="vouchsafe"' }),
      // What is left of an oversized body is not read, so the connection is of no further use.
      ...(error.code === "too-large" && { Connection: "close" }),
    },
  };
}

export function describeProblem(
  code: ProblemCode,
  detail: string,
  requestId: string,
  fields: readonly FieldError[] = [],
): Problem {
  const { status, title } = problemTable[code];
  const errors = fields
    .slice(0, 50)
    .map(({ pointer, message }) => ({ pointer: pointer.slice(0, 300), detail: message }));
  const type = `/problems/${code}`;
  return { type, title, status, detail, instance: requestId, ...(errors.length > 0 && { errors }) };
}

/** A response for an error, which is logged when the fault is ours. */
export function problemResponse(error: unknown, requestId: string, logger: Logger): Response {
  const { problem: body, headers } = toProblem(error, requestId);
  if (body.status >= 500) logger.error({ err: error, requestId }, "a request failed");
  return respondProblem(body, headers);
}

export function respondProblem(body: Problem, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: {
      "Content-Type": "application/problem+json",
      "X-Request-Id": body.instance,
      "Cache-Control": "no-store",
      ...headers,
    },
  });
}

/** An `AppError` with a pointer for each thing that zod found wrong; unknown fields are each named. */
export function zodProblem(code: "invalid" | "malformed" | "not-found", message: string, error: z.ZodError): AppError {
  return new AppError(code, message, { fields: error.issues.flatMap((issue) => fieldErrors(issue)) });
}

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ pointer: toPointer([...issue.path, key]), message: "This field is not known." }));
  }
  return [{ pointer: toPointer(issue.path), message: issue.message }];
}

/** RFC 6901. */
export function toPointer(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
