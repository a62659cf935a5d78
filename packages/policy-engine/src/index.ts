/** Decides what policies say about a request, and why. @module */
export {};
