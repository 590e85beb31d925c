/*
 * Which addresses messages may be posted to. People enter them themselves, so an address must not lead back into the house (server-side request forgery): neither to this machine nor
 * to private, link-local or otherwise special networks, unless the operator says so (FIVEFOLD_INTERNAL_RECEIVERS). What is checked is the address that is connected to, after the name was
 * resolved: a name that leads elsewhere the second time does not get around it.
 */
import { lookup as resolve } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Undelivered } from './outbound.ts';

/** @source IANA special-purpose address registries (RFC 6890): not globally reachable, or leading to such addresses (6to4, Teredo, NAT64) */
const special = {
  ipv4: [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.88.99.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/3',
  ],
  ipv6: [
    '::/96',
    '64:ff9b::/96',
    '64:ff9b:1::/48',
    '100::/64',
    '2001::/23',
    '2001:db8::/32',
    '2002::/16',
    '3fff::/20',
    'fc00::/7',
    'fe80::/9',
    'ff00::/8',
  ],
} as const;

export interface Receivers {
  /** Whether an IP address may be posted to. */
  allows(address: string): boolean;
  /** Resolves a name to addresses that may be posted to. */
  readonly lookup: LookupFunction;
}

/** @param internal addresses and networks in the house that may be posted to all the same: `10.2.0.7`, `10.3.0.0/16` */
export function receivers(internal: readonly string[]): Receivers {
  const forbidden = listOf([...special.ipv4, ...special.ipv6]);
  const allowed = listOf(internal);
  const allows = (address: string): boolean => {
    const family = familyOf(address);
    return allowed.check(address, family) || !forbidden.check(address, family);
  };
  return {
    allows,
    lookup: (name, options, callback) => {
      resolve(name, { ...options, all: true }, (error, found) => {
        const usable = error ? [] : found.filter(({ address }) => allows(address));
        const [first] = usable;
        if (error || first === undefined) return callback(error ?? new Undelivered('not-allowed'), '');
        if (options.all) callback(null, usable);
        else callback(null, first.address, first.family);
      });
    },
  };
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    if (prefix === undefined) list.addAddress(address, familyOf(address));
    else list.addSubnet(address, Number(prefix), familyOf(address));
  }
  return list;
}
