import type { IncomingHttpHeaders } from "node:http";
import type { OperationProblem } from "../operations/outcome.js";
import { isJsonType } from "./json-body.js";

/**
 * What is wrong with the form of a body of AuthZEN, or `undefined`. That is a mistake like any other there, where
 * everywhere else it is a 415.
 */
export function authzenContentProblem(headers: IncomingHttpHeaders): OperationProblem | undefined {
  if (!isJsonType(headers["content-type"])) {
    return { code: "request_invalid", detail: "the body must be `application/json`" };
  }
  return (headers["content-encoding"] ?? "identity") === "identity"
    ? undefined
    : { code: "request_invalid", detail: "the body must not be compressed" };
}
