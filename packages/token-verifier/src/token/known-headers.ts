import type { TokenHeader } from "./token-header.js";

/**
 * Remembers what headers say by how they are spelled: a provider writes the same one into every token.
 *
 * Only headers of proven tokens are remembered, so that nobody else can fill the memory.
 */
export class KnownHeaders {
  readonly #byText = new Map<string, TokenHeader>();

  /** What a header of exactly this spelling said. */
  recall(text: string): TokenHeader | undefined {
    return this.#byText.get(text);
  }

  /** Remembers a header whose token is proven; of too many the oldest is forgotten. */
  remember(text: string, header: TokenHeader): void {
    if (this.#byText.has(text)) {
      return;
    }
    const [oldest] = this.#byText.keys();
    if (this.#byText.size >= maximumHeaders && oldest !== undefined) {
      this.#byText.delete(oldest);
    }
    this.#byText.set(copyText(text), Object.freeze(header));
  }
}

const maximumHeaders = 256;

/** SECURITY: a part of a text can keep the whole text in memory, and the whole text is a token. */
function copyText(text: string): string {
  return Array.from(text).join("");
}
