import type { JsonWebKeySet, ProblemItem } from "@byot/api-contract";
import type { OperationProblem } from "./outcome.js";

// The members of private and of symmetric keys: RFC 7518 §6.2.2, §6.3.2 and §6.4.1, RFC 8037 §2.
const secretMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/**
 * What keeps a key set from being stored because it holds a secret, or `undefined`. Whoever may read the configuration
 * would read the secret with it.
 */
export function checkPublicKeys({ keys }: JsonWebKeySet): OperationProblem | undefined {
  const errors: readonly ProblemItem[] = keys.flatMap((key, index) =>
    secretMembers
      .filter((member) => Object.hasOwn(key, member))
      .map((member) => ({ path: `/jwks/keys/${index}/${member}`, code, message })),
  );
  const [first] = errors;
  return first === undefined ? undefined : { code, detail: `\`${first.path}\` ${message}`, errors };
}

const code = "provider_no_usable_key";
const message = "belongs to a secret key; give public keys alone and replace this one";
