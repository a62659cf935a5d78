import { isText } from "../values/shape.js";

/** Takes the secrets of one request out of a text that came from outside. */
export type SecretFilter = (text: string) => string;

const shortestSecret = 8;
const longestText = 500;
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/**
 * A filter for these secrets; what is not text is none. What comes out is one line of at most 500 characters. A JWT is
 * also recognized by any of its three parts; texts shorter than eight characters are too common to be told from
 * ordinary words.
 */
export function createSecretFilter(secrets: readonly unknown[]): SecretFilter {
  const needles = secrets
    .filter(isText)
    .flatMap((text) => [text, ...text.split(".")])
    .filter((needle) => needle.length >= shortestSecret);
  return (text) =>
    needles
      .reduce((cleaned, needle) => cleaned.replaceAll(needle, "[secret]"), text)
      .replaceAll(unprintable, " ")
      .slice(0, longestText);
}
