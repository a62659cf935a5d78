/** What is particular to each identity provider: issuers, audiences, claims, and where to find them. @module */
export type {};
