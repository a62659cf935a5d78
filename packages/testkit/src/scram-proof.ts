import { createHash, createHmac, pbkdf2Sync } from "node:crypto";

/** What a server asks of a client that knows a password, SCRAM-SHA-256 of RFC 5802 and RFC 7677. */
export interface ScramChallenge {
  /** The password. */
  readonly password: string;
  /** The client's first message, without its header. */
  readonly clientFirst: string;
  /** The server's first message. */
  readonly serverFirst: string;
}

// `n,,` in Base64: no channel binding.
const channelBinding = "c=biws";

/** The client's last message: it proves that the password is known. */
export function scramProof({ password, clientFirst, serverFirst }: ScramChallenge): string {
  const { nonce, salt, rounds } = readChallenge(serverFirst);
  const salted = pbkdf2Sync(password.normalize("NFKC"), salt, rounds, 32, "sha256");
  const clientKey = createHmac("sha256", salted).update("Client Key").digest();
  const storedKey = createHash("sha256").update(clientKey).digest();
  const clientLast = `${channelBinding},r=${nonce}`;
  const signature = createHmac("sha256", storedKey)
    .update([clientFirst, serverFirst, clientLast].join(","))
    .digest();
  const proof = clientKey.map((byte, index) => byte ^ (signature[index] ?? 0));
  return `${clientLast},p=${Buffer.from(proof).toString("base64")}`;
}

interface ReadChallenge {
  readonly nonce: string;
  readonly salt: Buffer;
  readonly rounds: number;
}

function readChallenge(serverFirst: string): ReadChallenge {
  const { nonce, salt, rounds } =
    /^r=(?<nonce>[^,]+),s=(?<salt>[^,]+),i=(?<rounds>\d+)/u.exec(serverFirst)?.groups ?? {};
  if (nonce === undefined || salt === undefined || rounds === undefined) {
    throw new Error("the server's challenge cannot be read");
  }
  return { nonce, salt: Buffer.from(salt, "base64"), rounds: Number(rounds) };
}
