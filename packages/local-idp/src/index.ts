/** A local identity provider for development: people, signing keys and real RS256 tokens. @module */
export {};
