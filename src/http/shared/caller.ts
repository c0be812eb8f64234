import { isIPv6 } from 'node:net';

/**
 * Whom an address stands for when calls are counted: an IPv4 address, or the /64 network of an IPv6 one, which one
 * subscriber has to themselves with more addresses than anybody can count.
 */
export function callerOf(ip: string): string {
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(ip)) return ip;
  const [head = '', tail = ''] = ip.split('::');
  const [first, last] = [head, tail].map((part) => part.split(':').filter((group) => group !== '')) as [
    string[],
    string[],
  ];
  // A last part like 192.0.2.1 stands for two groups.
  const left = Math.max(0, 8 - first.length - last.length - (ip.includes('.') ? 1 : 0));
  const network = [...first, ...Array<string>(left).fill('0'), ...last].slice(0, 4);
  return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
