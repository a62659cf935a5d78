/** Turns the claims of a verified token into named policy attributes. @module */
export {};
