import type { TokenRefusalCode } from "@byot/token-verifier";
import type { DiagnosisFailure, DiagnosisStepName } from "./diagnosis.js";
import type { Evidence, Explain } from "./evidence.js";
import { explainAudience, explainParty } from "./explain-audience.js";
import { explainClaim, stepOfClaim } from "./explain-claims.js";
import { explainAlgorithm, explainType, explainUnsupported } from "./explain-header.js";
import { explainIssuer } from "./explain-issuer.js";
import { explainKeysUnavailable, explainKeyUnknown, explainSignature } from "./explain-keys.js";
import { explainShape } from "./explain-shape.js";
import {
  explainExpired,
  explainIssuedInFuture,
  explainLifetime,
  explainNotActive,
} from "./explain-times.js";

interface RefusalRule {
  readonly step: DiagnosisStepName | ((evidence: Evidence) => DiagnosisStepName);
  readonly explain: Explain;
}

/** Tells which step refused the token, why, and what would change that. */
export function explainRefusal(evidence: Evidence): DiagnosisFailure {
  const { code } = evidence.refusal;
  const { step, explain } = rules[code];
  return {
    step: typeof step === "string" ? step : step(evidence),
    code,
    ...explain(evidence),
  };
}

/** A header that is refused by what it says, or by the list of the provider that was selected by then. */
function headerOrProvider({ refusal }: Evidence): DiagnosisStepName {
  return refusal.provider === undefined ? "header" : "provider";
}

const claims: RefusalRule = { step: stepOfClaim, explain: explainClaim };

const rules: Readonly<Record<TokenRefusalCode, RefusalRule>> = {
  token_missing: {
    step: "shape",
    explain: () => ({
      kind: "absent",
      cause: "there is no token",
      fix: "send the user's access token as `token`",
    }),
  },
  token_malformed: { step: "shape", explain: explainShape },
  token_too_large: {
    step: "shape",
    explain: ({ refusal }) => ({
      kind: "too_large",
      cause: refusal.detail,
      fix: "have the identity provider put less into its tokens, such as fewer groups",
    }),
  },
  token_alg_not_allowed: { step: headerOrProvider, explain: explainAlgorithm },
  token_header_not_supported: { step: "header", explain: explainUnsupported },
  token_type_not_allowed: { step: headerOrProvider, explain: explainType },
  token_issuer_unknown: { step: "issuer", explain: explainIssuer },
  token_key_unknown: { step: "keys", explain: explainKeyUnknown },
  token_signature_invalid: { step: "signature", explain: explainSignature },
  token_expired: { step: "times", explain: explainExpired },
  token_not_active: { step: "times", explain: explainNotActive },
  token_issued_in_future: { step: "times", explain: explainIssuedInFuture },
  token_lifetime_too_long: { step: "times", explain: explainLifetime },
  token_audience_mismatch: { step: "audience", explain: explainAudience },
  token_party_mismatch: { step: "audience", explain: explainParty },
  token_claim_missing: claims,
  token_claim_invalid: claims,
  jwks_unavailable: { step: "keys", explain: explainKeysUnavailable },
};
