import { openDemoCases } from './demo/cases.ts';
import { readConfig } from './platform/config.ts';
import { embeddedBureau, type RunningBureau } from './platform/embedded-bureau.ts';
import { runEntry } from './platform/entry.ts';

const say = (zh: string, en: string): void => void process.stdout.write(`${zh}  ${en}\n`);

/** `npm start`: the whole bureau on this machine. Services that the environment names are used instead of embedded ones. */
await runEntry(async (askedToEnd) => {
  const config = readConfig();
  const bureau = embeddedBureau(config, say);
  const ending = new AbortController();
  try {
    const started = await Promise.race([bureau.start(), askedToEnd]);
    if (started) {
      process.stdout.write(welcome(started));
      const { url, demoPassword: password } = started;
      const cases = password && openDemoCases({ url, password, dataFolder: config.dataFolder, say, signal: ending.signal });
      await askedToEnd;
      ending.abort();
      await cases;
    }
    say('正在依次结束…', 'Ending everything in order …');
  } finally {
    await bureau.stop();
  }
});

function welcome({ url, temporalUrl, demoPassword }: RunningBureau): string {
  const demo = demoPassword && [
    `演示账号 Demo accounts   admin · supervisor · chief · auditor · …  口令 password: ${demoPassword}`,
    '先看一遍 Try first       npm run tour',
  ];
  const lines = [
    `万件不落已就绪 Fivefold serves at   ${url}`,
    ...(demo || []),
    `接口说明 API              ${url}/api/docs`,
    ...(temporalUrl ? [`流程引擎 Temporal          ${temporalUrl}`] : []),
    '按 Ctrl-C 结束，数据保留。 Ctrl-C ends everything; all data is kept.',
  ];
  return `\n${lines.map((line) => `  ${line}\n`).join('')}\n`;
}
