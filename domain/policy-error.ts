import type { Text } from './ids.ts';

/** One thing that is wrong with a policy file, with the place to go to. Lines and columns count from 1. */
export interface PolicyFault {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `processes.appeal.tasks.accept.limit`; empty when the file as a whole is meant. */
  readonly path: string;
  readonly message: Text;
}

/** The policy is refused. The message lists every fault, Chinese first, one a line, for whoever starts the service. */
export class PolicyError extends Error {
  readonly faults: readonly PolicyFault[];

  constructor(faults: readonly PolicyFault[], options?: ErrorOptions) {
    super(['政策文件有误，未启动。 / The policy is refused; nothing was started.', ...faults.map(lineOf)].join('\n'), options);
    this.name = 'PolicyError';
    this.faults = faults;
  }
}

/** File by file, from the top. */
export const inReadingOrder = (faults: readonly PolicyFault[]): PolicyFault[] =>
  faults.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column);

const lineOf = ({ file, line, column, path, message }: PolicyFault): string =>
  [`${file}:${line}:${column}`, path, `${message.zh} / ${message.en}`].filter((part) => part !== '').join('  ');
