/** Secrets that the service makes for itself and that its replicas share, such as the key of pseudonyms. */
export interface SecretStore {
  /**
   * Resolves to the secret of that name: the stored one, or `proposed`, stored now, when there was none. Whoever asks
   * at the same time gets the same one.
   */
  findOrCreate(name: string, proposed: string): Promise<string>;
}
