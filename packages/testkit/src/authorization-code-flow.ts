import { createHash, randomBytes } from "node:crypto";
import { toResourceIndicator, type AccessTokenRequest } from "./access-token-request.js";
import { createCookieJar, type CookieJar } from "./cookie-jar.js";
import { clientId, redirectUri, resourceScope } from "./oidc-client.js";

/** A log-in that ends with an access token. */
export interface LogIn extends AccessTokenRequest {
  /** The address of the provider. */
  readonly issuer: string;
  /** Who logs in. */
  readonly personId: string;
}

const maximumRedirects = 5;

/**
 * Goes through the authorization code flow with PKCE (RFC 6749, section 4.1; RFC 7636) as a browser
 * and a client would.
 *
 * @throws Error with what the provider says when it refuses.
 */
export async function logIn(request: LogIn): Promise<string> {
  const verifier = randomBytes(32).toString("base64url");
  const resource = toResourceIndicator(request);
  const start = new URL("/auth", request.issuer);
  start.search = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: `openid ${resourceScope}`,
    resource,
    login_hint: request.personId,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  }).toString();
  const code = await followToCode(start, createCookieJar());
  return redeemCode(new URL("/token", request.issuer), {
    grant_type: "authorization_code",
    client_id: clientId,
    redirect_uri: redirectUri,
    code,
    code_verifier: verifier,
    resource,
  });
}

async function followToCode(
  url: URL,
  cookies: CookieJar,
  redirectsLeft = maximumRedirects,
): Promise<string> {
  const response = await fetch(url, { headers: { cookie: cookies.header() }, redirect: "manual" });
  const text = await response.text();
  cookies.store(response.headers);
  const location = response.headers.get("location");
  if (location === null || redirectsLeft === 0) {
    throw new Error(`the log-in came to a stop with ${response.status}: ${text}`);
  }
  const next = new URL(location, url);
  return next.href.startsWith(redirectUri)
    ? readCode(next)
    : followToCode(next, cookies, redirectsLeft - 1);
}

function readCode({ searchParams }: URL): string {
  const code = searchParams.get("code");
  if (code === null) {
    const reason = `${searchParams.get("error")}, ${searchParams.get("error_description")}`;
    throw new Error(`the provider refused the log-in: ${reason}`);
  }
  return code;
}

async function redeemCode(url: URL, form: Readonly<Record<string, string>>): Promise<string> {
  const response = await fetch(url, { method: "POST", body: new URLSearchParams(form) });
  const answer: unknown = await response.json();
  if (typeof answer !== "object" || answer === null || !("access_token" in answer)) {
    throw new Error(`the provider gave no token: ${JSON.stringify(answer)}`);
  }
  return String(answer.access_token);
}
