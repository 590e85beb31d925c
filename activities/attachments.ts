import { removeUnused } from '../store/attachments.ts';
import type { ActivityDeps } from './deps.ts';

export type AttachmentActivities = ReturnType<typeof attachmentActivities>;

export const attachmentActivities = ({ bureau }: ActivityDeps) => ({
  /** @param at milliseconds since 1970 @returns how many files it removed */
  async removeUnusedAttachments(at: number): Promise<number> {
    return removeUnused(bureau.db, new Date(at));
  },
});
