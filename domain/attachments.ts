import { z } from 'zod';

export const AttachmentId = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .brand<'AttachmentId'>();
export type AttachmentId = z.infer<typeof AttachmentId>;

/** What a file can be, by its content: media type and the endings that its name may have, the usual one first. No archives, no pages, no programs. */
export const fileTypes = {
  pdf: { type: 'application/pdf', endings: ['pdf'] },
  docx: { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', endings: ['docx'] },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', endings: ['xlsx', 'et'] },
  pptx: { type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation', endings: ['pptx'] },
  /** Older office files; their content does not say which. */
  office: { type: 'application/x-cfb', endings: ['doc', 'wps', 'xls', 'et', 'ppt', 'dps'] },
  jpeg: { type: 'image/jpeg', endings: ['jpg', 'jpeg'] },
  png: { type: 'image/png', endings: ['png'] },
  heic: { type: 'image/heic', endings: ['heic'] },
  tiff: { type: 'image/tiff', endings: ['tif', 'tiff'] },
  mp3: { type: 'audio/mpeg', endings: ['mp3'] },
  m4a: { type: 'audio/x-m4a', endings: ['m4a'] },
  wav: { type: 'audio/wav', endings: ['wav'] },
  amr: { type: 'audio/amr', endings: ['amr'] },
  mp4: { type: 'video/mp4', endings: ['mp4', 'm4v'] },
  mov: { type: 'video/quicktime', endings: ['mov'] },
  text: { type: 'text/plain', endings: ['txt', 'csv', 'md'] },
} as const satisfies Record<string, { readonly type: string; readonly endings: readonly [string, ...string[]] }>;
export type FileType = keyof typeof fileTypes;
export const fileTypeIds = Object.keys(fileTypes) as [FileType, ...FileType[]];

/** What a file is called from now on: without folders and control characters, and with an ending that its content bears out. */
export function fileName(given: string, type: FileType): string {
  const { endings } = fileTypes[type];
  const plain = given.replace(/^.*[/\\]/s, '').replace(/[\p{Cc}\p{Cf}"<>|:*?]/gu, '');
  const name = [...plain.trim().replace(/^\.+/, '')].slice(0, LONGEST_NAME).join('') || '附件';
  const ending = name.split('.').at(-1)?.toLowerCase();
  return name.includes('.') && endings.some((each) => each === ending) ? name : `${name}.${endings[0]}`;
}

/** Characters, so that with its ending it fits into 255 bytes of UTF-8. */
const LONGEST_NAME = 80;
