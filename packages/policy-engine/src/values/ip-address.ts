/**
 * An address as one 128-bit number. IPv4 takes the place of its IPv4-mapped IPv6 form (RFC 4291 section
 * 2.5.5.2), so the two are equal however the address was written.
 */
export type IpAddress = bigint;

/** A range of addresses of one family. */
export interface IpRange {
  /** The lowest address. */
  readonly first: IpAddress;
  /** The highest address. */
  readonly last: IpAddress;
  /** Whether the range was written with bits set beyond its prefix, which do not count. */
  readonly hasHostBits: boolean;
}

const mappedPrefix = 0xffffn;
const octet = /^(?:0|[1-9][0-9]{0,2})$/;
const group = /^[0-9a-fA-F]{1,4}$/;

/** Reads an IPv4 dotted quad without leading zeros, or an IPv6 address (RFC 4291 section 2.2) without zone. */
export function parseIpAddress(text: string): IpAddress | undefined {
  if (!text.includes(":")) {
    const quad = parseQuad(text);
    return quad === undefined ? undefined : (mappedPrefix << 32n) | quad;
  }
  const groups = text.length > 45 ? undefined : expandGroups(text);
  return groups?.reduce((address, each) => (address << 16n) | each, 0n);
}

/** Reads `address/prefix`; an address alone is the range of itself. */
export function parseIpRange(text: string): IpRange | undefined {
  const [address = "", prefix, ...rest] = text.split("/");
  const parsed = parseIpAddress(address);
  const size = address.includes(":") ? 128 : 32;
  const length = prefix === undefined ? size : parsePrefix(prefix, size);
  if (parsed === undefined || length === undefined || rest.length > 0) {
    return undefined;
  }
  const hostBits = (1n << BigInt(size - length)) - 1n;
  const first = parsed & ~hostBits;
  return { first, last: first | hostBits, hasHostBits: first !== parsed };
}

/** Whether the address lies in the range. An IPv6 range never holds an IPv4 address, nor the reverse. */
export function isInRange(address: IpAddress, { first, last }: IpRange): boolean {
  return address >= first && address <= last && isV4(address) === (isV4(first) && isV4(last));
}

function isV4(address: IpAddress): boolean {
  return address >> 32n === mappedPrefix;
}

function parsePrefix(text: string, size: number): number | undefined {
  return octet.test(text) && Number(text) <= size ? Number(text) : undefined;
}

function parseQuad(text: string): bigint | undefined {
  const octets = text.split(".");
  return octets.length === 4 && octets.every((each) => octet.test(each) && Number(each) < 256)
    ? octets.reduce((address, each) => (address << 8n) | BigInt(each), 0n)
    : undefined;
}

// `::` stands for as many zero groups as are missing, at least one, and only once.
function expandGroups(text: string): readonly bigint[] | undefined {
  const [before = "", after, ...rest] = text.split("::");
  const head = parseGroups(before);
  const tail = after === undefined ? [] : parseGroups(after);
  if (head === undefined || tail === undefined || rest.length > 0) {
    return undefined;
  }
  const missing = 8 - head.length - tail.length;
  if (after === undefined ? missing !== 0 : missing < 1 || endsWithQuad(before)) {
    return undefined;
  }
  return [...head, ...Array.from({ length: missing }, () => 0n), ...tail];
}

// A dotted quad may stand for the last two groups, and only there.
function parseGroups(text: string): readonly bigint[] | undefined {
  if (text === "") {
    return [];
  }
  const parts = text.split(":");
  const quad = endsWithQuad(text) ? parseQuad(parts.pop() ?? "") : 0n;
  if (quad === undefined || !parts.every((each) => group.test(each))) {
    return undefined;
  }
  const groups = parts.map((each) => BigInt(`0x${each}`));
  return endsWithQuad(text) ? [...groups, quad >> 16n, quad & 0xffffn] : groups;
}

function endsWithQuad(text: string): boolean {
  return text.includes(".");
}
