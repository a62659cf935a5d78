import type { AttributeInput } from "@byot/policy-engine";
import type { AuthorizerParts } from "./authorizer-parts.js";
import type { CheckOrigin } from "./check.js";
import type { Principal } from "./principal.js";
import { addressOf, type Circumstances, namedAttributes } from "./request-attributes.js";
import type { WorkspaceSnapshot } from "./snapshots/workspace-snapshot.js";

/** What is the same for every question of one request. */
export interface Situation extends Circumstances {
  /** The workspace that decides. */
  readonly snapshot: WorkspaceSnapshot;
  /** Who asks. */
  readonly origin: CheckOrigin;
  /** Whom it is about. */
  readonly principal: Principal;
  /** What policies may read, but for what is asked. */
  readonly named: ReadonlyMap<string, AttributeInput>;
  /** When the request began, by the stopwatch. */
  readonly startedAt: number;
}

/** Puts together what the questions of a request have in common. */
export function situationOf(
  { clock }: Pick<AuthorizerParts, "clock">,
  given: Pick<Situation, "snapshot" | "origin" | "principal" | "startedAt">,
): Situation {
  const { snapshot, origin, principal } = given;
  const now = clock();
  const address = addressOf(snapshot, origin);
  return { ...given, now, address, named: namedAttributes(snapshot, principal, { now, address }) };
}
