import { approval } from '../kit/approval.ts';
import { procedure } from '../kit/procedure.ts';
import { Rectification } from './rectification.definition.ts';

/** 整改 (domain.md 3.2): sign for it → put it right → verified by the supervision desk, which may return it. */
export const rectification = procedure(Rectification, async (c) => {
  await c.task('sign');
  const { approved, reasons } = await approval(c, { draft: 'do', approve: 'verify', approving: { context: c.intake } });
  return approved ? c.close('rectified') : c.close('refused', { reasons });
});
