import type { ProblemCode } from "@byot/api-contract";
import { StorageError, type StorageErrorCode } from "@byot/storage";
import type { OperationProblem } from "../operations/outcome.js";

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

/**
 * What is answered when something was thrown. What nobody foresaw, and what the operator has to see to, is logged; it is
 * answered without a word about it.
 */
export function thrownProblem(error: unknown, log: ErrorLog, requestId: string): OperationProblem {
  const problem = expectedProblem(error) ?? {
    code: "internal_error",
    detail: "something went wrong that is not the request's fault",
  };
  if (problem.code === "internal_error" || problem.code === "storage_unavailable") {
    log.error({ err: error, requestId }, "a request failed");
  }
  return problem;
}

function expectedProblem(error: unknown): OperationProblem | undefined {
  if (error instanceof StorageError) {
    const code = codeByStorageError[error.code];
    const detail = detailByCode[code];
    return detail === undefined ? undefined : { code, detail };
  }
  return error instanceof URIError ? malformedPath : undefined;
}

/** What is answered to a path that cannot be decoded. */
export const malformedPath: OperationProblem = {
  code: "url_malformed",
  detail: "the path is not well-formed",
};
