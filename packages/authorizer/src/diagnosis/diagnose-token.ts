import { type Claims, compileClaimMapper } from "@byot/claim-mapper";
import type { ProviderRecord } from "@byot/storage";
import {
  createWorkspaceTrust,
  type ManagedKeySources,
  readUnverified,
  type TokenRefusal,
  type TokenVerifier,
  type VerifiedToken,
} from "@byot/token-verifier";
import { leaveClaims, type PrepareClaims, refusalByProblem } from "../map-token-claims.js";
import {
  type Diagnosis,
  type DiagnosisFailure,
  type DiagnosisNote,
  type DiagnosisStep,
  type DiagnosisStepName,
  diagnosisSteps,
} from "./diagnosis.js";
import { type Evidence, quoted } from "./evidence.js";
import { explainMapping, whereItEnded } from "./explain-claims.js";
import { explainRefusal } from "./explain-refusal.js";
import { isIdToken } from "./is-id-token.js";

/** What {@link diagnoseToken} works with. */
export interface DiagnosisParts {
  /** Judges the token. One without a memory for tokens, so that every step is really taken. */
  readonly verifier: TokenVerifier;
  /** Tells which keys a provider publishes. @defaultValue explanations do not name them */
  readonly keys?: Pick<ManagedKeySources, "status">;
  /** The time of day. */
  readonly clock: () => Date;
  /** As for checks. @defaultValue the claims of the token are mapped */
  readonly prepareClaims?: PrepareClaims;
  /** Tells what is worth knowing about the claims of a product's token. @defaultValue nothing */
  readonly explainClaims?: (providerType: string, claims: Claims) => readonly DiagnosisNote[];
}

/** Which token to explain, against what. */
export interface DiagnosisRequest {
  /** The token; anything but a string is refused like in a check. */
  readonly token: unknown;
  /** The provider it is held against. A disabled one is told to be disabled. */
  readonly provider: ProviderRecord;
  /** The other providers of the workspace, to tell whose the token is. @defaultValue none */
  readonly others?: readonly ProviderRecord[];
  /**
   * Whether explanations may quote the token's issuer, audience, key and algorithm: only to those who may read the
   * configuration. @defaultValue `false`
   */
  readonly showClaims?: boolean;
}

/**
 * Takes a token through every step of a check and tells which one refuses it, why, and which setting would change
 * that. It accepts nothing: no decision and no access ever follows from it. Rejects when a part throws.
 */
export async function diagnoseToken(
  parts: DiagnosisParts,
  request: DiagnosisRequest,
): Promise<Diagnosis> {
  const { token, provider } = request;
  const trust = createWorkspaceTrust(provider.workspaceId, provider.version, [provider]);
  const verification = await parts.verifier.verify(trust, token);
  return verification.ok
    ? diagnoseClaims(parts, provider, verification.value)
    : diagnoseRefusal(gather(parts, request, verification.error));
}

function gather(
  { clock, keys }: DiagnosisParts,
  { token, provider, others = [], showClaims = false }: DiagnosisRequest,
  refusal: TokenRefusal,
): Evidence {
  const { header = {}, claims = {} } = readUnverified(token);
  return {
    token,
    refusal,
    header,
    claims,
    provider,
    others: others.filter(({ id }) => id !== provider.id),
    keys: keys?.status(provider),
    now: clock().getTime() / 1000,
    quote: (value, instead) => (showClaims ? quoted(value) : instead),
  };
}

function diagnoseRefusal(evidence: Evidence): Diagnosis {
  const failure = explainRefusal(evidence);
  const isProven = evidence.refusal.verified !== undefined;
  return { steps: stepsUntil(failure.step, isProven), failure, notes: [] };
}

function diagnoseClaims(
  parts: DiagnosisParts,
  provider: ProviderRecord,
  { claims }: VerifiedToken,
): Diagnosis {
  const { prepareClaims = leaveClaims, explainClaims } = parts;
  const { providerType, claimMappings } = provider;
  const mapped = compileClaimMapper(claimMappings).map(prepareClaims(providerType, claims));
  const blocking = mapped.problems.find(({ required }) => required);
  if (blocking !== undefined) {
    const failure: DiagnosisFailure = {
      step: "mappings",
      code: refusalByProblem[blocking.code],
      ...explainMapping(blocking, { provider }),
    };
    return { steps: stepsUntil("mappings", true), failure, notes: [] };
  }
  const unmapped = mapped.problems.map((problem) => ({
    code: problem.code,
    message: `${problem.message}; ${whereItEnded(problem)}`,
  }));
  const told = explainClaims?.(providerType, claims) ?? [];
  const notes = told.map(({ code, message }) => ({ code, message }));
  return {
    steps: diagnosisSteps.map((name) => ({ name, status: "passed" })),
    notes: [...unmapped, ...notes, ...idTokenNote(claims)],
  };
}

function idTokenNote(claims: VerifiedToken["claims"]): readonly DiagnosisNote[] {
  const message =
    "this is an ID token, which is for the application and for no API; send access tokens";
  return isIdToken(claims) ? [{ code: "id_token", message }] : [];
}

const provenSteps: ReadonlySet<DiagnosisStepName> = new Set(["keys", "signature", "times"]);

/**
 * The steps until one fails. The audience is asked for twice: first to find the provider, when nothing is proven, and
 * then again at its place. When it fails the first time, nobody has looked at the keys.
 */
function stepsUntil(failed: DiagnosisStepName, isProven: boolean): readonly DiagnosisStep[] {
  const last = diagnosisSteps.indexOf(failed);
  return diagnosisSteps.map((name, index) => {
    if (name === failed) {
      return { name, status: "failed" };
    }
    const isPassed = index < last && (isProven || failed !== "audience" || !provenSteps.has(name));
    return { name, status: isPassed ? "passed" : "not_reached" };
  });
}
