/** The byot authorization service over HTTP. @module */
export {};
