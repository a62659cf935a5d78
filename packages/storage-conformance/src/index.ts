/** The test suite that every storage adapter of byot has to pass. @module */
export {};
