import fc from 'fast-check';
import { leafHash, merklePath, merkleRoot, rootOfPath } from './merkle.ts';

const leaves = (count: number) => Array.from({ length: count }, (_, index) => leafHash(`leaf ${index}`));

test('the root is that of RFC 6962', () => {
  // Test vectors of the Certificate Transparency reference implementation.
  const data = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  const nodes = data.map((hex) => leafHash(Buffer.from(hex, 'hex').toString('latin1')));
  expect(merkleRoot([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(merkleRoot(nodes.slice(0, 1))).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
  expect(merkleRoot(nodes.slice(0, 7))).toBe('ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c');
  expect(merkleRoot(nodes)).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
});

test('the path of every leaf leads to the root, and that of no other leaf', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 70 }).chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1))),
      ([size, index]) => {
        const nodes = leaves(size);
        const path = merklePath(nodes, index);
        expect(rootOfPath(nodes[index] ?? '', { index, size, path })).toBe(merkleRoot(nodes));
        expect(rootOfPath(leafHash('another'), { index, size, path })).not.toBe(merkleRoot(nodes));
      },
    ),
  );
});

test('the root over the roots of blocks is the root over their leaves, and so is the path', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 70 }), fc.constantFrom(1, 2, 4, 8), fc.nat(69), (size, block, any) => {
      const nodes = leaves(size);
      const index = any % size;
      const blocks = Array.from({ length: Math.ceil(size / block) }, (_, nth) => nodes.slice(nth * block, (nth + 1) * block));
      const roots = blocks.map((each) => merkleRoot(each));
      expect(merkleRoot(roots)).toBe(merkleRoot(nodes));
      const own = Math.floor(index / block);
      const path = [...merklePath(blocks[own] ?? [], index % block), ...merklePath(roots, own)];
      expect(path).toEqual(merklePath(nodes, index));
    }),
  );
});
