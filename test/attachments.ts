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
