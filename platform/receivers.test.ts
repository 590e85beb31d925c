import { receivers } from './receivers.ts';

const outside = receivers([]);

test.each([
  '127.0.0.1',
  '127.8.8.8',
  '0.0.0.0',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:a9fe:a9fe',
  'fe80::1',
  'fc00::1',
  'fd12::1',
  'ff02::1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
])('nothing is posted to %s', (address) => {
  expect(outside.allows(address)).toBe(false);
});

test.each(['8.8.8.8', '172.32.0.1', '203.0.114.1', '2400:3200::1', '::ffff:8.8.8.8'])('what is public can be posted to: %s', (address) => {
  expect(outside.allows(address)).toBe(true);
});

test('an operator opens single addresses and networks of the house, and no others', () => {
  const inside = receivers(['10.2.0.7', '10.3.0.0/16', 'fd00:1::/32']);
  expect(['10.2.0.7', '10.3.200.1', 'fd00:1::9'].map((address) => inside.allows(address))).toEqual([true, true, true]);
  expect(['10.2.0.8', '10.4.0.1', 'fd00:2::9', '127.0.0.1'].map((address) => inside.allows(address))).toEqual([false, false, false, false]);
});

test('a name that leads to this machine is refused where it is resolved', async () => {
  const error = await new Promise((resolve) => outside.lookup('localhost', { all: true }, resolve));
  expect(error).toMatchObject({ failure: 'not-allowed' });
});
