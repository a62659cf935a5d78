/** The byot client: pass the user's token, get Allow or Deny with the reason. @module */
export { ByotClient } from "./byot-client.js";
export {
  ApiKeyError,
  ByotError,
  InvalidRequestError,
  TokenRefusedError,
  UnavailableError,
} from "./errors.js";
export type { AuthorizationCheck, IsAllowedCheck } from "./authorization-check.js";
export type { ByotClientOptions } from "./client-options.js";
export type {
  CheckResult,
  Decision,
  DecisionReason,
  DeterminingRule,
  ConditionChange,
  ConditionError,
  Explanation,
  KnownReasonCode,
  NearestMiss,
  Obligation,
  ReasonCode,
  TraceNode,
} from "./decision.js";
export type {
  ApiKeyRefusalCode,
  ClientFailureCode,
  ErrorCode,
  KnownErrorCode,
  RequestRefusalCode,
  ServerFailureCode,
  TokenRefusalCode,
} from "./error-code.js";
export type { ByotErrorDetails, RequestMistake } from "./errors.js";
export type { FetchInit, FetchLike, FetchResponse } from "./fetch-like.js";
export type { JsonObject, JsonValue } from "./json.js";
