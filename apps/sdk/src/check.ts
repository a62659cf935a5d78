/** Checks alone, in less than 5 kB: for edge functions and web pages. @module */
export { CheckClient } from "./check-client.js";
export { AccessDeniedError } from "./decisions/access-denied-error.js";
export {
  ApiKeyError,
  ByotError,
  ConflictError,
  InvalidRequestError,
  TokenRefusedError,
  UnavailableError,
} from "./errors/errors.js";
export type { ByotClientOptions } from "./client-options.js";
export type {
  AuthorizationCheck,
  BatchCheck,
  CheckContext,
  IsAllowedCheck,
  Question,
  SharedQuestion,
} from "./decisions/authorization-check.js";
export type { BatchResult, CheckResult, Decision } from "./decisions/decision.js";
export type { ErrorCode } from "./errors/error-code.js";
