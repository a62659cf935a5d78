import {
  type Authorizer,
  type AuthorizerParts,
  type CheckRequest,
  type CheckResult,
  createAuthorizer,
  createStaticSnapshots,
} from "@byot/authorizer";
import type { DecisionRecord, TokenRefusalRecord, WorkspaceConfiguration } from "@byot/storage";
import { createKeySources, createTokenVerifier, type TokenVerifier } from "@byot/token-verifier";
import { configuration } from "./configuration.js";
import { noon } from "./identity-provider.js";

export interface StartedAuthorizer {
  readonly authorizer: Authorizer;
  readonly decisions: readonly DecisionRecord[];
  readonly refusals: readonly TokenRefusalRecord[];
  /** What the operator was told. */
  readonly reports: readonly unknown[];
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

/** A real authorizer; only what it writes to is faked. */
export function startAuthorizer(
  configurations: readonly WorkspaceConfiguration[] = [configuration()],
  parts: Partial<AuthorizerParts> = {},
): StartedAuthorizer {
  const decisions: DecisionRecord[] = [];
  const refusals: TokenRefusalRecord[] = [];
  const reports: unknown[] = [];
  let ids = 0;
  let milliseconds = 0;
  const authorizer = createAuthorizer({
    workspaces: createStaticSnapshots(configurations),
    verifier: realVerifier(),
    decisionLog: {
      append: (records) => Promise.resolve(void decisions.push(...records)),
      appendRefusals: (records) => Promise.resolve(void refusals.push(...records)),
    },
    clock: stopped,
    createId: () => `id-${(ids += 1)}`,
    stopwatch: () => (milliseconds += 1.5),
    onNotRecorded: (error) => void reports.push(error),
    ...parts,
  });
  return {
    authorizer,
    decisions,
    refusals,
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
