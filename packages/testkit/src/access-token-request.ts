/** Which access token a test asks for. */
export interface AccessTokenRequest {
  /** The `aud` of the token. */
  readonly audience: string;
  /** How long the token lives, in seconds, a whole number of at least 1. */
  readonly ttlSeconds: number;
}

const audienceParameter = "audience";
const ttlParameter = "ttl";

/**
 * Writes the request as a resource indicator (RFC 8707), an absolute address: it is what a client
 * can tell a provider about the token it wants.
 */
export function toResourceIndicator({ audience, ttlSeconds }: AccessTokenRequest): string {
  const resource = new URL("https://resource.test/");
  resource.searchParams.set(audienceParameter, audience);
  resource.searchParams.set(ttlParameter, String(ttlSeconds));
  return resource.href;
}

/** Reads back what {@link toResourceIndicator} wrote. */
export function parseResourceIndicator(resource: string): AccessTokenRequest {
  const { searchParams } = new URL(resource);
  return {
    audience: searchParams.get(audienceParameter) ?? "",
    ttlSeconds: Number(searchParams.get(ttlParameter)),
  };
}
