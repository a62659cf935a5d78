/** Somebody who can log in at a provider that a test has started. */
export interface OidcPerson {
  /** Becomes the `sub` of the tokens of this person. */
  readonly id: string;
  /** Claims of the access tokens beside those of the provider, nested JSON allowed. */
  readonly claims: Readonly<Record<string, unknown>>;
}
