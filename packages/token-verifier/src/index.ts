/** Decides whether a JWT is genuine, unexpired, meant for you and from an issuer you trust. @module */
export {};
