/** What ids are made from. */
export interface IdParts {
  /** The time of day, in milliseconds since 1970. */
  readonly now: () => number;
  /** Makes `length` unguessable bytes. */
  readonly randomBytes: (length: number) => Uint8Array;
}

const nodeDigits = 12;
const pooledIds = 256;
const mostInMillisecond = 2 ** 26;

/**
 * Makes UUIDv7 (RFC 9562 §5.7), each greater than the one before: within a millisecond they are counted on from a random
 * number (§6.2, method 1), in `rand_a` and the upper 14 bits of `rand_b`; 48 bits of each are random. Randomness is
 * fetched for many at once, since a check needs two and fetching it is what takes the time.
 */
export function createIds({ now, randomBytes }: IdParts): () => string {
  let millis = -1;
  let time = "";
  let count = 0;
  let pool = "";
  let used = 0;

  function random(): string {
    if (used === pool.length) {
      pool = Buffer.from(randomBytes((pooledIds * nodeDigits) / 2)).toString("hex");
      used = 0;
    }
    used += nodeDigits;
    return pool.slice(used - nodeDigits, used);
  }

  function begin(next: number): void {
    const digits = next.toString(16).padStart(12, "0");
    millis = next;
    time = `${digits.slice(0, 8)}-${digits.slice(8)}`;
    // The upper half is left for counting.
    count = Number.parseInt(random(), 16) % (mostInMillisecond / 2);
  }

  return () => {
    const at = now();
    count += 1;
    if (at > millis) {
      begin(at);
    } else if (count === mostInMillisecond) {
      begin(millis + 1);
    }
    const upper = (0x7000 | (count >>> 14)).toString(16);
    const lower = (0x8000 | (count & 0x3fff)).toString(16);
    return `${time}-${upper}-${lower}-${random()}`;
  };
}
