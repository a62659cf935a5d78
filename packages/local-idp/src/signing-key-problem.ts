/** What can be wrong with a stored signing key. */
export type SigningKeyProblemCode =
  /** Not a JSON object, or a member is missing or not base64url. */
  | "key_malformed"
  /** A key of another kind, or only the public half of one. */
  | "key_not_private_rsa"
  /** An RSA private key that RS256 must not be used with: its size, exponent, `alg` or `use`. */
  | "key_not_suitable"
  /** The members do not belong together: what one half signs the other does not verify. */
  | "key_inconsistent";

/** Why a stored signing key was refused. */
export interface SigningKeyProblem {
  /** Stable between minor releases. */
  readonly code: SigningKeyProblemCode;
  /** One line for humans; never contains a part of the key. */
  readonly message: string;
}
