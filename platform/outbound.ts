/** A message that leaves the house. */
export interface OutboundMessage {
  /** The same for each try: a receiver recognises by it what it has got already. */
  readonly id: string;
  readonly to: string;
  /** Signs it, where the receiver asks for that. */
  readonly secret?: string | undefined;
  readonly subject: string;
  readonly text: string;
  /** The same for machines. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Sends it. @throws Undelivered */
export type Send = (message: OutboundMessage) => Promise<void>;

/** Why a message did not go out, in a word that tells nothing of it. */
export type Failure = 'unreachable' | 'no-answer' | 'not-allowed' | 'not-configured' | 'refused' | 'fault';

export class Undelivered extends Error {
  override name = 'Undelivered';
  readonly failure: Failure;

  /** @param code what the receiver answered, such as an HTTP status */
  constructor(failure: Failure, code?: string | number, options?: ErrorOptions) {
    super(code === undefined ? failure : `${failure} ${code}`, options);
    this.failure = failure;
  }

  /** It lies with this one message, which the receiver refuses or we can't make; others may still get there. */
  get isOfThisMessage(): boolean {
    return this.failure === 'refused' || this.failure === 'fault';
  }
}

/** Longest time for one message, in milliseconds. */
export const SEND_LIMIT_MS = 10_000;
