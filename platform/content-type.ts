import { fileTypeFromBuffer } from 'file-type';

/** How much of a file's beginning it takes to tell its type; in office files the part that says it comes first, but for a picture it may stand behind. */
export const SAMPLE_BYTES = 524_288;

/** The media type that a file's beginning shows; null where none of the known signatures is there, as in plain text. */
export async function contentTypeOf(beginning: Uint8Array): Promise<string | null> {
  return (await fileTypeFromBuffer(beginning))?.mime ?? null;
}

/** Tells whether all that is fed to it is text in UTF-8: no bytes that aren't, no control characters but tabs, line ends and form feeds. */
export function textWatch(): { readonly feed: (bytes: Uint8Array) => void; readonly isText: () => boolean } {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isText = true;
  const decode = (bytes?: Uint8Array) => {
    if (!isText) return;
    try {
      isText = !CONTROL.test(bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true }));
    } catch {
      isText = false;
    }
  };
  return {
    feed: decode,
    isText: () => {
      decode();
      return isText;
    },
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const CONTROL = /[\0-\x08\x0b\x0e-\x1f\x7f]/;
