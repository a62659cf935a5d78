import { z } from "zod";
import {
  type AuthorizeRequest,
  authorizeOptionsShape,
  authorizeQuestionShape,
  type Decision,
  decisionSchema,
} from "./authorize.js";

/** The most questions of one batch. */
export const maximumBatchChecks = 100;

/** What one question of a batch says; the rest is the same for all of them. */
export interface BatchCheck extends Pick<AuthorizeRequest, "resource" | "action" | "context"> {}

/** Several questions about the holder of one token, answered on one revision. */
export interface AuthorizeBatchRequest extends Omit<
  AuthorizeRequest,
  "resource" | "action" | "context"
> {
  /** The questions, 1–100. */
  readonly checks: readonly BatchCheck[];
}

/** The answers to a batch. They are all of one revision, and all of them are in the log before any is answered. */
export interface BatchDecisions {
  /** The workspace's revision they were made on. */
  readonly revision: number;
  /** The answers, in the order of the questions. */
  readonly decisions: readonly Decision[];
}

/** Reads {@link BatchCheck}. */
export const batchCheckSchema: z.ZodType<BatchCheck> = z.strictObject(authorizeQuestionShape);

/** Reads {@link AuthorizeBatchRequest}; unknown fields are refused. */
export const authorizeBatchRequestSchema: z.ZodType<AuthorizeBatchRequest> = z.strictObject({
  ...authorizeOptionsShape,
  checks: z.array(batchCheckSchema).min(1).max(maximumBatchChecks),
});

/** Reads {@link BatchDecisions}. */
export const batchDecisionsSchema: z.ZodType<BatchDecisions> = z.strictObject({
  revision: z.number().int(),
  decisions: z.array(decisionSchema),
});
