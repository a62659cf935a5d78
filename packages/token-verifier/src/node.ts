/** What is faster on Node, or needs it. @module */
export { createNodeFetcher } from "./fetching/create-node-fetcher.js";
export { nodeSignatures } from "./signatures/node-signatures.js";
export { createVerifiedTokenCache } from "./verified-token-cache.js";

export type { VerifiedTokenCacheOptions } from "./verified-token-cache.js";

export type { NodeFetcherOptions } from "./fetching/create-node-fetcher.js";
export type { HostResolver } from "./fetching/guarded-lookup.js";
