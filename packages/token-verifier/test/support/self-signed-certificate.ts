import { generateKeyPairSync, sign } from "node:crypto";

/** A key pair with a certificate that it signed for itself, both as PEM. */
export interface SelfSignedCertificate {
  readonly key: string;
  readonly cert: string;
}

/** Certifies these names, by itself, for some decades (RFC 5280). */
export function createSelfSignedCertificate(
  ...hostNames: readonly string[]
): SelfSignedCertificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const names = hostNames.map((name) => der(0x82, Buffer.from(name)));
  const subjectAlternativeName = sequence(
    Buffer.from("0603551d11", "hex"),
    der(0x04, sequence(...names)),
  );
  const algorithm = sequence(Buffer.from("06082a8648ce3d040302", "hex")); // ecdsa-with-SHA256
  const name = sequence(
    der(0x31, sequence(Buffer.from("0603550403", "hex"), der(0x0c, Buffer.from("byot tests")))),
  );
  const certificate = sequence(
    der(0xa0, Buffer.from("020102", "hex")),
    Buffer.from("020101", "hex"),
    algorithm,
    name,
    sequence(der(0x17, Buffer.from("250101000000Z")), der(0x17, Buffer.from("490101000000Z"))),
    name,
    publicKey.export({ format: "der", type: "spki" }),
    der(0xa3, sequence(subjectAlternativeName)),
  );
  const signature = sign("sha256", certificate, privateKey);
  const bits = der(0x03, Buffer.concat([Buffer.from([0]), signature]));
  const body = sequence(certificate, algorithm, bits).toString("base64");
  return {
    key: privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${body.replace(/(.{64})/g, "$1\n")}\n-----END CERTIFICATE-----\n`,
  };
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

/** Tag, length and content (X.690 §8.1). */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const head =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}
