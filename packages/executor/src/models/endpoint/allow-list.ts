import { InvalidInput, problem } from '@samplewise/domain';
import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/**
 * Addresses at which clouds hand out the machine's own credentials: link-local ones, and those of AWS over IPv6 and
 * Alibaba. No model lives there, so that no list can allow them.
 */
const NEVER = new BlockList();
NEVER.addSubnet('169.254.0.0', 16, 'ipv4');
NEVER.addSubnet('fe80::', 10, 'ipv6');
NEVER.addAddress('fd00:ec2::254', 'ipv6');
NEVER.addAddress('100.100.100.200', 'ipv4');

/**
 * A config may be written by whoever may write to a project, and the executor stands inside of a network: it asks none
 * but the origins that its operator has listed, this machine's among them.
 * @param allowed origins, such as `http://127.0.0.1:11434`
 * @throws InvalidInput (ENDPOINT_REFUSED)
 */
export function checkEndpoint(endpoint: string, allowed: readonly string[]): URL {
  const url = new URL(endpoint);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && isForbidden(host)) throw refused(url, 'It is an address of the network itself.');
  if (allowed.includes(url.origin)) return url;
  const listed = allowed.length === 0 ? 'It allows none.' : `It allows ${allowed.join(', ')}.`;
  throw refused(url, `The executor does not allow it. ${listed}`);
}

/** As DNS says it at the moment of the connection, so that a name can't change its mind after it was looked at. */
export const guardedLookup: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) {
      done(error, '');
      return;
    }
    const forbidden = addresses.find(({ address }) => isForbidden(address));
    if (forbidden) done(refused(new URL(`http://${hostname}`), `It leads to ${forbidden.address}.`), '');
    else if (options.all === true) done(null, addresses);
    else done(null, addresses[0]!.address, addresses[0]!.family);
  });
};

const isForbidden = (address: string): boolean => NEVER.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

const refused = ({ origin }: URL, why: string): InvalidInput =>
  new InvalidInput(
    problem('ENDPOINT_REFUSED', `${origin} may not be asked. ${why}`, {
      place: 'runtime.endpoint',
      value: origin,
      mend: "Whoever runs the executor can list it in SAMPLEWISE_MODEL_ENDPOINTS, unless it is the network's own.",
    }),
  );
