export default async function tearDown() {
  await globalThis.fivefoldTestServices.close();
}
