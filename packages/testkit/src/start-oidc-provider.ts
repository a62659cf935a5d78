import { createServer, type RequestListener } from "node:http";
import { logIn } from "./authorization-code-flow.js";
import type { TokenPart } from "./forge-token.js";
import { closeServer, listenOnLoopback } from "./loopback-server.js";
import { createOidcConfiguration } from "./oidc-configuration.js";
import { createOidcMemory } from "./oidc-memory.js";
import { createOidcRequestListener } from "./oidc-request-listener.js";
import type { OidcPerson } from "./oidc-person.js";
import { createSigner, type Signer } from "./signer.js";

/** What a provider is started with. */
export interface OidcProviderOptions {
  /** Who can log in. */
  readonly people: readonly OidcPerson[];
  /** The `aud` of an access token that is not asked for another. */
  readonly audience: string;
  /** How long an access token lives, in seconds, a whole number of at least 1. @defaultValue `600` */
  readonly accessTokenTtlSeconds?: number;
}

/** How one access token differs from the usual ones. */
export interface AccessTokenOptions {
  /** The `aud` of this token. @defaultValue the `audience` of the provider */
  readonly audience?: string;
  /**
   * How long this token lives, in seconds, a whole number of at least 1.
   * @defaultValue the `accessTokenTtlSeconds` of the provider
   */
  readonly ttlSeconds?: number;
}

/** How keys are replaced. */
export interface KeyRotation {
  /** Whether the former keys are published any longer. @defaultValue `"withdrawn"` */
  readonly formerKeys?: "published" | "withdrawn";
}

/** A real OpenID Provider on 127.0.0.1. */
export interface OidcProvider {
  /** Its address and the `iss` of its tokens, such as `http://127.0.0.1:41234`, no slash at the end. */
  readonly issuer: string;
  /** Where its keys are. */
  readonly jwksUri: string;
  /**
   * Lets a person log in and gives the JWT access token (RFC 9068, signed with RS256).
   *
   * @throws Error when the provider refuses, for example because it knows nobody of that id.
   */
  accessToken(personId: string, options?: AccessTokenOptions): Promise<string>;
  /**
   * A token with the real signature of this provider over any claims: expired, of another audience
   * or issuer. An object as header goes over `alg: RS256`, `typ: at+jwt` and the `kid` of the key.
   */
  signWithProviderKey(header: Readonly<Record<string, unknown>>, payload: TokenPart): string;
  /** Signs with a fresh key from now on. */
  rotateKeys(rotation?: KeyRotation): void;
  /** Stops listening; resolves when all connections are gone. */
  stop(): Promise<void>;
}

const defaultTtlSeconds = 600;

/** Starts an `oidc-provider` on a free port of 127.0.0.1, with keys of its own. */
export async function startOidcProvider(options: OidcProviderOptions): Promise<OidcProvider> {
  // Loaded here, so that a test without a provider does not pay for it.
  const { default: Provider } = await import("oidc-provider");
  const { audience, accessTokenTtlSeconds = defaultTtlSeconds } = options;
  const people = new Map(options.people.map((person) => [person.id, person]));
  const memory = createOidcMemory();
  const server = createServer();
  const issuer = `http://127.0.0.1:${await listenOnLoopback(server)}`;

  function serveWith(keys: readonly Signer[]): RequestListener {
    const configuration = createOidcConfiguration({ people, signers: keys, memory });
    return createOidcRequestListener(new Provider(issuer, configuration), (id) => people.has(id));
  }

  let signer = createSigner();
  let signers = [signer];
  let listener = serveWith(signers);
  server.on("request", (request, response) => listener(request, response));
  return {
    issuer,
    jwksUri: `${issuer}/jwks`,
    accessToken: (personId, request = {}) => {
      const ttlSeconds = request.ttlSeconds ?? accessTokenTtlSeconds;
      return logIn({ issuer, personId, audience: request.audience ?? audience, ttlSeconds });
    },
    signWithProviderKey: (header, payload) => signer.sign({ typ: "at+jwt", ...header }, payload),
    rotateKeys: ({ formerKeys = "withdrawn" } = {}) => {
      signer = createSigner();
      signers = formerKeys === "published" ? [signer, ...signers] : [signer];
      listener = serveWith(signers);
    },
    stop: async () => {
      const closed = closeServer(server);
      server.closeAllConnections();
      await closed;
    },
  };
}
