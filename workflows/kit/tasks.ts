import { z } from 'zod';
import type { ProcessDefinition, TaskDefinition } from './define.ts';
import { decision, longText } from './fields.ts';
import { hearingForm } from './hearing-form.ts';
import { service } from './service-form.ts';

/** Side tasks that every process has: an opinion asked for, what a leader decides about a running case, a document to be served. Their limits are the policy's `common` block. */
export const commonTasks = {
  consult: {
    title: { zh: '征询意见', en: 'Give an opinion' },
    role: 'officer',
    duty: 'inform',
    form: () => z.strictObject({ opinion: longText({ zh: '意见', en: 'Opinion' }) }),
  },
  'approve-extension': {
    title: { zh: '审批延期', en: 'Decide on an extension' },
    role: 'unit-leader',
    duty: 'inform',
    form: decision,
  },
  'approve-transfer': {
    title: { zh: '审批移交', en: 'Decide on a transfer' },
    role: 'supervision-desk',
    duty: 'inform',
    form: decision,
  },
  serve: { title: { zh: '送达', en: 'Serve a document' }, role: 'officer', duty: 'inform', form: service },
  'confirm-receipt': {
    title: { zh: '确认收到文书', en: 'Confirm that you have opened a document' },
    role: 'subject',
    duty: 'inform',
    form: () => z.strictObject({ remarks: longText({ zh: '说明', en: 'Remarks' }).optional() }),
  },
  hear: {
    title: { zh: '陈述和申辩', en: 'State your view of the facts' },
    role: 'subject',
    duty: 'inform',
    form: hearingForm,
  },
} satisfies Record<string, TaskDefinition>;

export type CommonTask = keyof typeof commonTasks;

export const isCommonTask = (key: string): key is CommonTask => Object.hasOwn(commonTasks, key);

/** @throws Error for a key that neither the process nor the kit knows: the case was started by a build that had it */
export function taskDefinition(process: ProcessDefinition, key: string): TaskDefinition {
  const found = process.tasks[key] ?? (commonTasks as Record<string, TaskDefinition>)[key];
  if (!found) throw new Error(`process ${process.id} has no task ${key}`);
  return found;
}
