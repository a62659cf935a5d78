/** Answers one question: may the holder of this token do this action on this resource, and why. @module */
export {};
