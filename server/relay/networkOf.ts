import { isIPv6 } from "node:net";

/** One household or laptop holds a whole /64 of IPv6: its addresses count as one. */
export function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith("::ffff:")) return address;
  const [head = "", tail] = address.split("::");
  const before = head.split(":").filter((part) => part !== "");
  const after = tail === undefined ? [] : tail.split(":").filter((part) => part !== "");
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => "0");
  return [...before, ...zeros, ...after].slice(0, 4).join(":");
}
