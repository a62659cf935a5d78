import {
  type Authorizer,
  type AuthorizerParts,
  type CheckRequest,
  type CheckResult,
  createAuthorizer,
  createDecisionRecorder,
  createStaticSnapshots,
  type DecisionsNotRecorded,
  type RefusedToken,
} from "@byot/authorizer";
import type { DecisionLog, DecisionRecord, WorkspaceConfiguration } from "@byot/storage";
import { createKeySources, createTokenVerifier, type TokenVerifier } from "@byot/token-verifier";
import { configuration } from "./configuration.js";
import { noon } from "./identity-provider.js";
import { manualTime } from "./manual-time.js";

export interface StartedAuthorizer {
  readonly authorizer: Authorizer;
  readonly decisions: readonly DecisionRecord[];
  readonly refusals: readonly RefusedToken[];
  /** Where the refused tokens came from. */
  readonly sources: readonly (string | undefined)[];
  /** What the operator was told of decisions that could not be written. */
  readonly reports: readonly DecisionsNotRecorded[];
  /** Asks about `approve` on `orders` in `acme`, unless told otherwise. */
  readonly check: (request: Partial<CheckRequest>) => Promise<CheckResult>;
}

/** A real verifier; the keys are inline, so that a fetch is a mistake. */
export function realVerifier(): TokenVerifier {
  const keys = createKeySources({ fetcher: refuseToFetch, clock: stopped });
  return createTokenVerifier({ keys, clock: stopped });
}

function refuseToFetch(): never {
  throw new Error("nothing may be fetched");
}

function stopped(): Date {
  return noon;
}

/** Says what was hashed, so that a test can read it. */
export function readableHash(text: string): string {
  return `hash of ${JSON.stringify(text)}`;
}

export interface StartedParts extends Partial<AuthorizerParts> {
  /** Where decisions are written, in the place of a log that takes all of them. */
  readonly append?: DecisionLog["append"];
}

/** A real authorizer; only what it writes to is faked. */
export function startAuthorizer(
  configurations: readonly WorkspaceConfiguration[] = [configuration()],
  { append, ...parts }: StartedParts = {},
): StartedAuthorizer {
  const decisions: DecisionRecord[] = [];
  const refusals: RefusedToken[] = [];
  const sources: (string | undefined)[] = [];
  const reports: DecisionsNotRecorded[] = [];
  let ids = 0;
  let milliseconds = 0;
  const decisionRecorder = createDecisionRecorder({
    ...manualTime(),
    log: { append: append ?? ((records) => Promise.resolve(void decisions.push(...records))) },
    onNotRecorded: (failure) => void reports.push(failure),
  });
  const authorizer = createAuthorizer({
    workspaces: createStaticSnapshots(configurations),
    verifier: realVerifier(),
    decisionRecorder,
    refusalRecorder: {
      record: (refused, source) => {
        refusals.push(refused);
        sources.push(source);
      },
    },
    clock: stopped,
    createId: () => `id-${(ids += 1)}`,
    stopwatch: () => (milliseconds += 1.5),
    hash: readableHash,
    pseudonym: (workspaceId, subject) => `pseudonym of ${subject} in ${workspaceId}`,
    ...parts,
  });
  return {
    authorizer,
    decisions,
    refusals,
    sources,
    reports,
    check: (request) =>
      authorizer.check({
        workspaceId: "acme",
        token: undefined,
        resource: "orders",
        action: "approve",
        requestId: "request-1",
        ...request,
      }),
  };
}
