import type { MappingProblem } from "@byot/claim-mapper";
import type { DiagnosisFinding, DiagnosisStepName } from "./diagnosis.js";
import { type Evidence, named, quoted } from "./evidence.js";
import { explainIssuer } from "./explain-issuer.js";

const stepByClaim: Readonly<Record<string, DiagnosisStepName>> = {
  iss: "issuer",
  exp: "times",
  nbf: "times",
  iat: "times",
  aud: "audience",
  azp: "audience",
};

/** The step that a registered claim belongs to: the one that the refusal names. */
export function stepOfClaim({ refusal }: Pick<Evidence, "refusal">): DiagnosisStepName {
  const claim = claimOf(refusal.detail);
  return (Object.hasOwn(stepByClaim, claim) ? stepByClaim[claim] : undefined) ?? "mappings";
}

/** Tells which registered claim is missing or cannot be used. */
export function explainClaim(evidence: Evidence): DiagnosisFinding {
  const { refusal } = evidence;
  const claim = claimOf(refusal.detail);
  if (claim === "iss" && refusal.code === "token_claim_missing") {
    return explainIssuer(evidence);
  }
  return {
    kind: refusal.code === "token_claim_missing" ? "claim_missing" : "claim_invalid",
    cause: refusal.detail,
    fix: `have the identity provider put a good \`${claim}\` into its tokens`,
  };
}

/** Tells what a mapping found instead of the claim it requires: names, never values. */
export function explainMapping(
  problem: MappingProblem,
  { provider }: Pick<Evidence, "provider">,
): DiagnosisFinding {
  const { code, attribute, message } = problem;
  return {
    kind: code,
    cause: `${message}; ${whereItEnded(problem)}`,
    fix: `correct \`jwtPath\` of attribute \`${attribute}\` of ${named(provider)}, set its \`required\` to \`false\`, or have the identity provider put the claim into its tokens`,
  };
}

const mostKeys = 16;

/** Where the path of a mapping ended, and which names are there. */
export function whereItEnded({ resolved, presentKeys }: MappingProblem): string {
  const place = resolved.length === 0 ? "the token" : quoted(resolved.join("."));
  const keys = presentKeys.slice(0, mostKeys).map(quoted).join(", ");
  return keys === "" ? `${place} has no names below it` : `${place} has ${keys}`;
}

function claimOf(detail: string): string {
  return /^claim `(\w+)`/.exec(detail)?.[1] ?? "";
}
