/** Clocks, forged tokens, identity providers and processes for the tests of this repository. @module */
export {};
