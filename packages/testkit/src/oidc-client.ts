// The one client of a provider that a test starts: public, so PKCE takes the place of a secret
// (RFC 7636).

/** Its client id. */
export const clientId = "byot-tests";

/** Where it wants to be sent back to; nothing listens there, the address itself says enough. */
export const redirectUri = "https://client.test/callback";

/** What it asks to do at a resource. */
export const resourceScope = "access";
