import { z } from 'zod';
import { LEAST_WITNESSES, waysOfService } from '../../domain/service-of-documents.ts';
import { attachments, instant, longText, people, person, shortText, tag } from './fields.ts';

const how = { zh: '送达方式', en: 'How it was served' };
const way = <const W extends keyof typeof waysOfService>(value: W) =>
  tag(value, { zh: `${how.zh}：${waysOfService[value].zh}`, en: waysOfService[value].en });
const at = { zh: '送达时间', en: 'When' };

/** 送达回证: how, when and before whom a document was served. */
export const service = () =>
  z.discriminatedUnion('how', [
    z.strictObject({
      how: way('in-person'),
      at: instant({ zh: '本人签收时间', en: 'When the person signed for it' }),
      receipt: attachments(),
    }),
    z.strictObject({ how: way('system') }),
    z.strictObject({
      how: way('refused'),
      at: instant(at),
      reason: longText({ zh: '拒收事由', en: 'Why it was refused' }),
      witnesses: people({ zh: '见证人', en: 'Witnesses' }, person({ zh: '见证人', en: 'Witness' }, { duty: 'handle' }), LEAST_WITNESSES, 5),
      receipt: attachments(),
    }),
    z.strictObject({
      how: way('left-at-unit'),
      at: instant({ zh: '转交本人时间', en: 'When the unit handed it on' }),
      receiver: person({ zh: '单位收件人', en: 'Who took it for the unit' }),
      receipt: attachments(),
    }),
    z.strictObject({
      how: way('mail'),
      at: instant({ zh: '回执注明的收件时间', en: 'When it was received, by the return slip' }),
      tracking: shortText({ zh: '邮件号码', en: 'Tracking number' }, 60),
      receipt: attachments(),
    }),
  ]);
export type ServiceForm = z.output<ReturnType<typeof service>>;
