export default async function tearDown() {
  const leaks = await globalThis.fivefoldTestServices.close();
  if (leaks.length === 0) return;
  process.stderr.write(`tests left behind:\n${leaks.map((leak) => `  ${leak}\n`).join('')}`);
  process.exitCode = 1; // thrown, it would cost the whole report
}
