/** How the server deals with what stands between it and its callers. */
export interface HttpOptions {
  /**
   * The proxies that are believed about whom they ask for: addresses, ranges such as `10.0.0.0/8`, and `loopback`. The
   * client's address is then read from `X-Forwarded-For`. @defaultValue none
   */
  readonly trustedProxies?: readonly string[];
  /** The origins whose pages may read answers, such as `https://app.acme.com`. @defaultValue none */
  readonly corsOrigins?: readonly string[];
  /** Requests of one client in a minute; 0 sets no limit. @defaultValue 0 */
  readonly requestsPerMinute?: number;
  /**
   * Failed checks of one client in one workspace, and wrong API keys of one client, in a minute; 0 sets no limit. Good
   * tokens and keys pass all the same. @defaultValue {@link defaultFailedChecksPerMinute}
   */
  readonly failedChecksPerMinute?: number;
}

/** More than a mistake in an application makes, and far less than guessing needs. */
export const defaultFailedChecksPerMinute = 600;
