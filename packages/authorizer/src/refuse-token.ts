import type { TokenRefusal } from "@byot/token-verifier";
import type { AuthorizerParts } from "./authorizer-parts.js";
import type { CheckOrigin, CheckQuestion } from "./check.js";
import type { CheckRefusal } from "./check-refusal.js";
import type { RefusedToken } from "./recording/refusal-recorder.js";
import type { Result } from "./result.js";
import type { WorkspaceSnapshot } from "./snapshots/workspace-snapshot.js";
import { keptText } from "./storable-text.js";

/** A token that was refused, and what it was shown for. */
export interface TokenAttempt {
  /** The workspace it was shown to. */
  readonly snapshot: WorkspaceSnapshot;
  /** Who showed it. */
  readonly origin: CheckOrigin;
  /** What for; `*` for several questions at once. */
  readonly asked: Pick<CheckQuestion, "resource" | "action">;
}

/** Refuses a token: the attempt is recorded in the background, where the workspace records anything. */
export function refuseToken(
  parts: AuthorizerParts,
  attempt: TokenAttempt,
  refusal: TokenRefusal,
): Result<never, CheckRefusal> {
  const { snapshot, origin } = attempt;
  if (snapshot.settings.decisionLog !== "off") {
    parts.refusalRecorder.record(refusedToken(parts, attempt, refusal), origin.source);
  }
  const { code, detail, retryAfterSeconds, keyFailure: failure, provider } = refusal;
  if (failure !== undefined) {
    const { workspaceId, requestId } = origin;
    parts.onKeysUnavailable?.({ workspaceId, requestId, providerId: provider?.id, failure });
  }
  return {
    ok: false,
    error: { code, detail, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) },
  };
}

function refusedToken(
  parts: Pick<AuthorizerParts, "clock" | "pseudonym">,
  { snapshot, origin, asked }: TokenAttempt,
  refusal: TokenRefusal,
): RefusedToken {
  return {
    workspaceId: snapshot.workspaceId,
    at: parts.clock(),
    requestId: keptText(origin.requestId),
    code: refusal.code,
    ...identityOf(parts, snapshot, refusal),
    resource: keptText(asked.resource),
    action: keptText(asked.action),
  };
}

// SECURITY: until the signature is proven anybody can have written anything. The issuer it names is kept as what it
// says; the provider it was held against is not, for that too follows from what it says.
function identityOf(
  { pseudonym }: Pick<AuthorizerParts, "pseudonym">,
  { workspaceId, settings }: WorkspaceSnapshot,
  { verified, provider, unverifiedIssuer }: TokenRefusal,
): Pick<RefusedToken, "unverifiedIssuer" | "providerId" | "subject"> {
  if (verified === undefined) {
    return unverifiedIssuer === undefined ? {} : { unverifiedIssuer };
  }
  const { issuer, subject } = verified;
  const kept =
    subject !== undefined && settings.hashSubjects ? pseudonym(workspaceId, subject) : subject;
  return {
    // Two issuers may call two people the same: without it, nobody could erase what one of them said.
    unverifiedIssuer: issuer,
    ...(provider === undefined ? {} : { providerId: provider.id }),
    ...(kept === undefined ? {} : { subject: kept }),
  };
}
