import { type DevServer, startDevServer } from '../test/dev-server.ts';
import { testRing } from '../test/key-ring.ts';
import { connectTemporal, searchAttributes } from './temporal.ts';
import { prepareNamespace } from './temporal-namespace.ts';

let server: DevServer;
beforeAll(async () => {
  server = await startDevServer();
});
afterAll(() => server.stop());

test('a new namespace is made with its search attributes, and making it again changes nothing', async () => {
  const client = connectTemporal(server.address, 'fivefold', testRing);
  await prepareNamespace(client);
  await prepareNamespace(client);
  const { namespaceInfo } = await client.workflowService.describeNamespace({ namespace: 'fivefold' });
  expect(namespaceInfo?.name).toBe('fivefold');
  const { customAttributes } = await client.connection.operatorService.listSearchAttributes({ namespace: 'fivefold' });
  expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining([...searchAttributes]));
  await client.connection.close();
});
