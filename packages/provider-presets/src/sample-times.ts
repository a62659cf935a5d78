/** When the samples were issued, in seconds: the beginning of 4 March 2026 in UTC. */
export const sampleIssuedAt = 1_772_582_400;

/** When the samples expire: an hour later. */
export const sampleExpiresAt: number = sampleIssuedAt + 3_600;

/** The times every sample has. */
export const sampleTimes: { readonly iat: number; readonly exp: number } = {
  iat: sampleIssuedAt,
  exp: sampleExpiresAt,
};
