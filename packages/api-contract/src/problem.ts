import { z } from "zod";

/** One thing that is wrong with a request. */
export interface ProblemItem {
  /** Where, as a JSON Pointer (RFC 6901) into the body; `""` is the body itself. */
  readonly path: string;
  /** Which kind of mistake. */
  readonly code: string;
  /** What is wrong, in one line. */
  readonly message: string;
}

/** An error answer: `application/problem+json` (RFC 9457) with our extensions. */
export interface Problem {
  /** Which kind of problem, as a URN made from the code. */
  readonly type: string;
  /** The kind's name for people. */
  readonly title: string;
  /** The HTTP status. */
  readonly status: number;
  /** What was wrong this time; never a secret. */
  readonly detail: string;
  /** The stable code to switch on. */
  readonly code: string;
  /** What the caller can do about it. */
  readonly fix: string;
  /** The request, as echoed in `X-Request-Id`. */
  readonly requestId: string;
  /** Each mistake, when there is more to say than `detail`. */
  readonly errors?: readonly ProblemItem[];
}

/** Reads {@link ProblemItem}. */
export const problemItemSchema: z.ZodType<ProblemItem> = z.strictObject({
  path: z.string(),
  code: z.string(),
  message: z.string(),
});

/** Reads an error answer. */
export const problemSchema: z.ZodType<Problem> = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  fix: z.string(),
  requestId: z.string(),
  errors: z.array(problemItemSchema).exactOptional(),
});
