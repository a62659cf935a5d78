/** The byot client: pass the user's token, get Allow or Deny with the reason. @module */
export {};
