import type { ProcessDefinition } from '../../workflows/kit/define.ts';
import { type Chance, oneOf } from './chance.ts';

/** What cases are about, the most frequent first: the first in about one of five, the last of them in one of three hundred. */
const matters = [
  '加班补休',
  '宿舍漏水',
  '职级晋升',
  '工资补发',
  '食堂伙食',
  '执法记录仪损坏',
  '子女入学',
  '体检安排',
  '夜班值守',
  '警车维修',
  '年度考核',
  '伤残抚恤',
  '带薪休假',
  '调动申请',
  '表彰名额',
  '出警超时',
  '窗口排队',
  '案卷归档',
  '枪支保养',
  '培训时间',
  '家属就业',
  '装备配发',
  '警务室取暖',
  '停车位分配',
  '车辆年检',
  '信访答复',
  '证据移交',
  '网络故障',
  '空调更换',
  '经费报销',
  '辅警待遇',
  '疗养名单',
  '驻村补贴',
  '巡逻路线',
  '办案区改造',
  '投诉处置',
  '值班排班',
  '公务用车',
  '谈话室监控',
  '反诈宣传',
] as const;
/** In one of some ten thousand each. */
const rareMatters = ['锅炉爆裂', '警犬走失', '屋顶塌陷', '无人机坠落', '档案霉变'] as const;
const RARE = 0.0005;

/** A title as such cases have: `关于城东东湖派出所宿舍漏水的诉求`. */
export function titleOf({ title }: ProcessDefinition, unitName: string, n: number, chance: Chance): string {
  return `关于${unitName}${matterOf(chance(n, 'matter'), chance(n, 'rare'))}的${title.zh}`;
}

/** Zipf's law: the share of the nth is that of the first, divided by n. */
function matterOf(share: number, rare: number): string {
  if (rare < RARE) return oneOf(rareMatters, rare / RARE);
  return matters[shares.findIndex((upTo) => share < upTo)] ?? matters[0];
}

const harmonic = matters.reduce((sum, _, index) => sum + 1 / (index + 1), 0);
const shares = matters.map((_, last) => matters.slice(0, last + 1).reduce((sum, __, index) => sum + 1 / (index + 1), 0) / harmonic);
