/**
 * For how long a server goes on deciding without being certain that it knows of every change, in milliseconds. What was
 * revoked on another server is allowed for at most so long.
 */
export const mostUnconfirmedMillis = 30_000;
