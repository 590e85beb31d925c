import type { PersonId } from '../domain/ids.ts';
import type { Bureau } from '../store/bureau.ts';
import { receiveAttachment } from '../store/receive-attachment.ts';
import type { TestClient } from './api.ts';
import type { TestPerson } from './people.ts';

export interface Uploaded {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the server says, and fails where that is not what it expects
  readonly body: any;
}

/** Sends a file as a page would. */
export async function upload(
  api: Pick<TestClient, 'tokenOf'> & { readonly url: string },
  { as, name, bytes }: { as: TestPerson; name: string; bytes: Uint8Array },
): Promise<Uploaded> {
  const form = new FormData();
  form.append('file', new Blob([Uint8Array.from(bytes)]), name);
  const response = await fetch(`${api.url}/api/v1/attachments`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${await api.tokenOf(as)}` },
    body: form,
  });
  return { status: response.status, body: await response.json() };
}

/** A short text file of someone's, as an upload leaves it. @returns its id */
export async function paperOf(bureau: Bureau, person: TestPerson): Promise<string> {
  async function* bytes() {
    yield new TextEncoder().encode('会议记录。');
  }
  return (await receiveAttachment(bureau, { owner: person as string as PersonId, name: '记录.txt', at: new Date(), bytes: bytes() })).id;
}
