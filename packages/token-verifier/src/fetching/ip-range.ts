import { type IpAddress, parseIpAddress } from "./ip-address.js";

/** All addresses of one family that begin with the same bits. */
export interface IpRange {
  /** An address of the range. */
  readonly network: IpAddress;
  /** How many bits every address of the range begins with. */
  readonly prefix: number;
}

/** Reads CIDR notation (RFC 4632 §3.1): `10.0.0.0/8`, `fd00::/8`; `undefined` for everything else. */
export function parseIpRange(text: string): IpRange | undefined {
  const [address = "", bits = "", ...more] = text.split("/");
  const network = parseIpAddress(address);
  const prefix = /^(?:0|[1-9]\d{0,2})$/.test(bits) ? Number(bits) : Number.NaN;
  return network !== undefined && more.length === 0 && prefix <= network.length * 8
    ? { network, prefix }
    : undefined;
}

/** Tells whether an address belongs to a range. An IPv4 address never belongs to a range of IPv6. */
export function isInRange(address: IpAddress, { network, prefix }: IpRange): boolean {
  return (
    address.length === network.length &&
    address.every((byte, index) => {
      const bits = Math.max(0, Math.min(8, prefix - index * 8));
      const mask = (0xff00 >> bits) & 0xff;
      return (byte & mask) === ((network[index] ?? 0) & mask);
    })
  );
}
