/** Every process's procedure under its workflow type, and what runs by the clock: what the worker's bundle is made from. The processes' definitions are in definitions.ts. */
export * from './clockwork.ts';
export { accountability } from './discipline/accountability.ts';
export { clue } from './discipline/clue.ts';
export { discipline } from './discipline/discipline.ts';
export { dualInvestigation } from './discipline/dual-investigation.ts';
export { eligibilityBar } from './discipline/eligibility-bar.ts';
export { measure } from './discipline/measure.ts';
export { warningTalk } from './discipline/warning-talk.ts';
export { injuryCare } from './hardship/injury-care.ts';
export { postSubstitution } from './hardship/post-substitution.ts';
export { appeal } from './interests/appeal.ts';
export { upwardReport } from './interests/upward-report.ts';
export { inspectionOrder } from './management/inspection-order.ts';
export { rectification } from './management/rectification.ts';
export { supervision } from './management/supervision.ts';
export { dutyExemption } from './protection/duty-exemption.ts';
export { rightsProtection } from './protection/rights-protection.ts';
export { mentalHealth } from './service/mental-health.ts';
