import type { ProblemCode } from "@byot/api-contract";
import { StorageError, type StorageErrorCode } from "@byot/storage";
import type { ErrorRequestHandler } from "express";
import type { OperationProblem } from "../operations/outcome.js";
import { sendProblem } from "./problem-response.js";
import { requestIdOf } from "./request-id.js";

/** Where unexpected errors are told to the operator. */
export interface ErrorLog {
  /** Writes one entry. */
  error(entry: object, message: string): void;
}

const codeByStorageError: Readonly<Record<StorageErrorCode, ProblemCode>> = {
  VERSION_CONFLICT: "configuration_changed",
  ALREADY_EXISTS: "already_exists",
  NOT_FOUND: "configuration_changed",
  REFERENCED: "referenced",
  UNAVAILABLE: "storage_unavailable",
  CLOSED: "storage_unavailable",
  CORRUPT: "internal_error",
};

const detailByCode: Partial<Readonly<Record<ProblemCode, string>>> = {
  configuration_changed: "another change to the workspace came first",
  already_exists: "something else was created under this key just now",
  referenced: "a permission has begun to refer to it just now",
  storage_unavailable: "the storage cannot be reached at the moment",
};

// The types that the body parser gives its errors, and the router a path that cannot be decoded.
const problemByType: Readonly<Record<string, OperationProblem>> = {
  "entity.too.large": { code: "body_too_large", detail: "the body is larger than the route takes" },
  "encoding.unsupported": {
    code: "content_type_unsupported",
    detail: "the body must not be compressed",
  },
  "request.size.invalid": {
    code: "json_malformed",
    detail: "the body is not as long as `Content-Length` says",
  },
  "request.aborted": { code: "json_malformed", detail: "the body was cut off" },
};

/** Turns what was thrown into an answer. What nobody foresaw is logged and answered without a word about it. */
export function answerErrors(log: ErrorLog): ErrorRequestHandler {
  // oxlint-disable-next-line max-params -- Express tells error handlers by their four parameters
  return (error: unknown, _request, response, _next) => {
    if (response.headersSent) {
      log.error({ err: error, requestId: requestIdOf(response) }, "an answer was cut off");
      // SECURITY: a reset and no orderly end, which a client of HTTP/1.0 would take for the end of the answer.
      response.socket?.resetAndDestroy();
      return;
    }
    const problem = expectedProblem(error) ?? {
      code: "internal_error",
      detail: "something went wrong that is not the request's fault",
    };
    if (problem.code === "internal_error" || problem.code === "storage_unavailable") {
      log.error({ err: error, requestId: requestIdOf(response) }, "a request failed");
    }
    sendProblem(response, problem);
  };
}

function expectedProblem(error: unknown): OperationProblem | undefined {
  if (error instanceof StorageError) {
    const code = codeByStorageError[error.code];
    const detail = detailByCode[code];
    return detail === undefined ? undefined : { code, detail };
  }
  if (error instanceof URIError) {
    return { code: "url_malformed", detail: "the path is not well-formed" };
  }
  const type = error instanceof Error && "type" in error ? error.type : undefined;
  return typeof type === "string" && Object.hasOwn(problemByType, type)
    ? problemByType[type]
    : undefined;
}
