/** The bytes of an address: 4 of IPv4, 16 of IPv6. */
export type IpAddress = readonly number[];

/**
 * Reads the usual spelling of an IP address: four decimal numbers without leading zeros (RFC 6943 §3.1.1),
 * or IPv6 (RFC 4291 §2.2). `undefined` for everything else, addresses with a zone included: which link a
 * zone means depends on the machine.
 */
export function parseIpAddress(text: string): IpAddress | undefined {
  return text.includes(":") ? parseIpv6(text) : parseIpv4(text);
}

const ipv4Parts = 4;
const ipv6Groups = 8;

function parseIpv4(text: string): IpAddress | undefined {
  const parts = text.split(".");
  const isAddress =
    parts.length === ipv4Parts &&
    parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 0xff);
  return isAddress ? parts.map(Number) : undefined;
}

function parseIpv6(text: string): IpAddress | undefined {
  const [head = "", tail, ...more] = text.split("::");
  const before = parseGroups(head, tail === undefined);
  const after = parseGroups(tail ?? "", true);
  if (more.length > 0 || before === undefined || after === undefined) {
    return undefined;
  }
  const missing = ipv6Groups * 2 - before.length - after.length;
  // `::` stands for one group of zeros at the least.
  const isComplete = tail === undefined ? missing === 0 : missing >= 2;
  return isComplete ? [...before, ...Array<number>(missing).fill(0), ...after] : undefined;
}

/** The bytes of groups between colons; the last one can be an IPv4 address where the whole text ends. */
function parseGroups(text: string, isEnd: boolean): IpAddress | undefined {
  const bytes: number[] = [];
  const groups = text === "" ? [] : text.split(":");
  for (const [index, group] of groups.entries()) {
    const isLast = isEnd && index === groups.length - 1;
    const parsed = isLast && group.includes(".") ? parseIpv4(group) : parseGroup(group);
    if (parsed === undefined) {
      return undefined;
    }
    bytes.push(...parsed);
  }
  return bytes;
}

function parseGroup(group: string): IpAddress | undefined {
  const value = /^[0-9a-f]{1,4}$/i.test(group) ? Number.parseInt(group, 16) : undefined;
  return value === undefined ? undefined : [value >> 8, value & 0xff];
}
