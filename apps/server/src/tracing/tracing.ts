import type { IncomingMessage } from "node:http";
import type { Authorizer } from "@byot/authorizer";

/** Runs the work on a request in the trace that its caller has begun. */
export type RunInTrace = <Result>(
  request: Pick<IncomingMessage, "headers">,
  work: () => Result,
) => Result;

/** Traces, as they are made and exported. */
export interface Tracing {
  /** Makes a span for each check. */
  readonly authorizer: (authorizer: Authorizer) => Authorizer;
  /** Runs the work on a request in the trace that its caller has begun, if any. */
  readonly run: RunInTrace;
  /** Exports what was not exported yet, for as long as that takes but no longer than a few seconds. */
  readonly stop: () => Promise<void>;
}

/** Makes no traces. */
export const noTracing: Tracing = {
  authorizer: (authorizer) => authorizer,
  run: (_request, work) => work(),
  stop: () => Promise.resolve(),
};
