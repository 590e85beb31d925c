import type { PlainDate, Text } from './ids.ts';

/** What the extent of a check depends on, as the person states it. */
export interface CheckFacts {
  readonly sex: 'male' | 'female';
  readonly bornOn: PlainDate;
  /** What the post is mostly: `frontline` on the street, `shifts` through the night, `exposed` to what harms, `desk` at a screen. */
  readonly post: 'frontline' | 'shifts' | 'exposed' | 'desk';
  /** 警衔, from 警员 to 警监. */
  readonly rank: 'constable' | 'sergeant' | 'superintendent' | 'commissioner';
}

/** The basic package, which everyone has, and what is added to it. */
export const checkItems = {
  general: { zh: '一般检查（身高体重、血压、内外科、五官）', en: 'General examination' },
  blood: { zh: '血、尿常规和肝肾功能、血糖血脂', en: 'Blood and urine' },
  ecg: { zh: '心电图', en: 'ECG' },
  chest: { zh: '胸部影像', en: 'Chest imaging' },
  abdomen: { zh: '腹部彩超', en: 'Ultrasound of the abdomen' },
  carotid: { zh: '颈动脉彩超', en: 'Ultrasound of the carotid arteries' },
  tumour: { zh: '肿瘤标志物、胃肠镜', en: 'Tumour markers and endoscopy' },
  prostate: { zh: '前列腺检查', en: 'Prostate' },
  gynaecology: { zh: '妇科检查', en: 'Gynaecology' },
  breast: { zh: '乳腺影像', en: 'Breast imaging' },
  joints: { zh: '膝关节、腰椎影像', en: 'Imaging of knees and lumbar spine' },
  sleep: { zh: '睡眠和动态血压监测', en: 'Sleep, and blood pressure over a day' },
  exposure: { zh: '职业病危害因素项目', en: 'What the exposure calls for' },
  neck: { zh: '颈椎影像、视力', en: 'Imaging of the neck, eyesight' },
  heart: { zh: '冠状动脉、心脏功能', en: 'Coronary arteries and function of the heart' },
} as const satisfies Record<string, Text>;
export type CheckItem = keyof typeof checkItems;

export const basicItems: readonly CheckItem[] = ['general', 'blood', 'ecg', 'chest', 'abdomen'];

const byPost = { frontline: 'joints', shifts: 'sleep', exposed: 'exposure', desk: 'neck' } as const;

/**
 * “1+N”: the basic package, and so much more by age, rank, sex and post. Whose facts nobody knows has the basic one.
 * @source domain.md §3.4 `health-check`; which items they are is this system's proposal, from which whoever books may depart
 */
export function checkPackage(facts: CheckFacts | undefined, on: PlainDate): readonly CheckItem[] {
  if (facts === undefined) return basicItems;
  const { sex, post, rank } = facts;
  const age = ageOn(facts.bornOn, on);
  const added: readonly (readonly [boolean, CheckItem])[] = [
    [age >= 40, 'carotid'],
    [age >= 50, 'tumour'],
    [sex === 'male' && age >= 50, 'prostate'],
    [sex === 'female', 'gynaecology'],
    [sex === 'female' && age >= 40, 'breast'],
    [true, byPost[post]],
    [rank === 'commissioner' || (rank === 'superintendent' && age >= 45), 'heart'],
  ];
  return [...basicItems, ...added.flatMap(([isDue, item]) => (isDue ? [item] : []))];
}

/** Whole years; whoever is not born yet is 0. */
function ageOn(born: PlainDate, on: PlainDate): number {
  const years = Number(on.slice(0, 4)) - Number(born.slice(0, 4));
  return Math.max(0, on.slice(5) < born.slice(5) ? years - 1 : years);
}
