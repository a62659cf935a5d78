/** What is faster, or only possible, on Node. @module */
export { nodeSignatures } from "./signatures/node-signatures.js";
