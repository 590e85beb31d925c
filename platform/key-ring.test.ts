import { fc, test } from '@fast-check/jest';
import { keyRing, SealError } from './key-ring.ts';

const key = (id: string, byte: number) => ({ id, secret: new Uint8Array(32).fill(byte) });
const bytes = fc.uint8Array({ maxLength: 300 });
const ring = keyRing([key('k1', 1)]);

test.prop([bytes, fc.string()])('what was sealed opens to the same bytes in the same context', (plaintext, context) => {
  expect(Buffer.from(ring.open('database', ring.seal('database', plaintext, context), context))).toEqual(Buffer.from(plaintext));
});

test.prop([bytes, fc.nat(), fc.integer({ min: 1, max: 255 })])(
  'a value with any byte changed does not open',
  (plaintext, place, change) => {
    const sealed = ring.seal('payload', plaintext);
    const index = place % sealed.length;
    sealed[index] = (sealed[index] ?? 0) ^ change;
    expect(() => ring.open('payload', sealed)).toThrow(SealError);
  },
);

test.prop([bytes, fc.nat()])('a value cut short does not open', (plaintext, length) => {
  const sealed = ring.seal('payload', plaintext);
  expect(() => ring.open('payload', sealed.subarray(0, length % sealed.length))).toThrow(SealError);
});

test.prop([fc.uint8Array({ minLength: 8, maxLength: 100 })])('neither the plaintext nor the same ciphertext twice shows', (plaintext) => {
  const [one, two] = [ring.seal('payload', plaintext), ring.seal('payload', plaintext)].map((sealed) => Buffer.from(sealed));
  expect(one?.includes(Buffer.from(plaintext))).toBe(false);
  expect(one).not.toEqual(two);
});

test('a value sealed for one purpose or context does not open for another', () => {
  const sealed = ring.sealJson('database', { route: 'measure' }, 'SQ-2026-000001');
  expect(ring.openJson('database', sealed, 'SQ-2026-000001')).toEqual({ route: 'measure' });
  expect(() => ring.openJson('database', sealed, 'SQ-2026-000002')).toThrow(SealError);
  expect(() => ring.openJson('payload', sealed, 'SQ-2026-000001')).toThrow(SealError);
});

test('after a rotation old values open, new ones use the new key', () => {
  const rotated = keyRing([key('k2', 2), key('k1', 1)]);
  const old = ring.sealJson('payload', 'from before');
  expect(rotated.openJson('payload', old)).toBe('from before');
  expect(() => ring.openJson('payload', rotated.sealJson('payload', 'from after'))).toThrow('lacks the key k2');
});

test('a blind index finds rows from before a rotation', () => {
  const rotated = keyRing([key('k2', 2), key('k1', 1)]);
  expect(rotated.macs('search', '王建国')).toContain(ring.mac('search', '王建国'));
  expect(rotated.mac('search', '王建国')).not.toBe(ring.mac('search', '王建国'));
});

test('a signature is good for its data, purpose and ring only, and survives a rotation', () => {
  const mac = ring.mac('sign', 'session 7');
  const rotated = keyRing([key('k2', 2), key('k1', 1)]);
  expect(rotated.verifyMac('sign', 'session 7', mac)).toBe(true);
  expect(ring.verifyMac('sign', 'session 8', mac)).toBe(false);
  expect(ring.verifyMac('search', 'session 7', mac)).toBe(false);
  expect(keyRing([key('k1', 9)]).verifyMac('sign', 'session 7', mac)).toBe(false);
  expect(ring.verifyMac('sign', 'session 7', 'nonsense')).toBe(false);
});

test('a key that served under the same secret but another id does not open by accident', () => {
  expect(() => keyRing([key('k3', 1)]).open('payload', ring.seal('payload', new Uint8Array(1)))).toThrow('lacks the key k1');
});
