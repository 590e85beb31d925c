// Plain JavaScript: jest loads it before it can transform TypeScript.
import { register } from 'tsx/esm/api';

export default async function setUp() {
  register();
  const { openTestServices } = await import('./services.ts');
  globalThis.fivefoldTestServices = await openTestServices();
  process.env.FIVEFOLD_TEST_SERVICES = globalThis.fivefoldTestServices.url;
}
