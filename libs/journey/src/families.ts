import { residentIdCheckCharacter } from './resident-id';

/** One card, line or set that a family buys under the convergent bundle. */
export interface FamilyItem {
  card: string;
  role: 'MAIN' | 'SUB' | 'BROADBAND' | 'IPTV' | 'FIXED';
  offeringCode: string;
  onlineClasses?: string[];
}

/** A family as the counter meets it. */
export interface Family {
  /** Names the family in idempotency keys. */
  code: string;
  name: string;
  residentId: string;
  phone: string;
  address: string;
  /** The local day, 00:00, on which they buy. */
  buysOn: string;
  items: FamilyItem[];
  /** Pays in advance, and buys outside the bundle. */
  isPrepaid?: boolean;
}

const line = (card: string, role: FamilyItem['role'], offeringCode: string): FamilyItem => ({
  card,
  role,
  offeringCode,
});
const main = line('main', 'MAIN', 'mobile-5g-199');
const subCard = (number: number): FamilyItem => line(`sub${number}`, 'SUB', 'sub-card');
const broadband = line('broadband', 'BROADBAND', 'broadband-line');
const fixed = line('fixed', 'FIXED', 'fixed-line');
const iptv = line('iptv', 'IPTV', 'iptv-set');

/** The family whose four months were worked out by hand (testdata/golden). */
export const goldenFamily: Family = {
  code: 'golden',
  name: '陈建国',
  residentId: residentId('51010419800307', 101),
  phone: '13800138000',
  address: '成都市锦江区东大街 1 号',
  buysOn: '2026-06-11',
  items: [main, subCard(1), subCard(2), broadband, iptv, fixed],
};

/** Somebody who pays in advance, with data charged online. */
export const prepaidCustomer: Family = {
  code: 'prepaid',
  name: '何小雨',
  residentId: residentId('51010620010520', 301),
  phone: '13700137000',
  address: '成都市金牛区一环路北一段 3 号',
  buysOn: '2026-06-11',
  items: [{ ...line('main', 'MAIN', 'prepaid-8'), onlineClasses: ['data'] }],
  isPrepaid: true,
};

const surnames = [
  '王',
  '李',
  '张',
  '刘',
  '杨',
  '赵',
  '黄',
  '周',
  '吴',
  '徐',
  '孙',
  '胡',
  '朱',
  '高',
  '林',
  '何',
  '郭',
  '马',
  '罗',
  '梁',
];

/** The last family of the street has one card whose data is charged online. */
export const ONLINE_FAMILY = surnames.length - 1;
export const ONLINE_CARD = 'sub2';

/** Twenty other families of one street, sold the same way: two a day from the 1st of June. */
export const streetFamilies: readonly Family[] = surnames.map((surname, index) => ({
  code: `street${index + 1}`,
  name: `${surname}家${index + 1}号`,
  residentId: residentId('51010519790815', 200 + index),
  phone: '13900139000',
  address: `成都市青羊区宽巷子 ${index + 1} 号`,
  buysOn: `2026-06-${String(1 + Math.floor(index / 2)).padStart(2, '0')}`,
  items: itemsOf(index),
}));

/** Not every family takes everything: a third has one sub card, a quarter no television. */
function itemsOf(index: number): FamilyItem[] {
  const isOnline = index === ONLINE_FAMILY;
  const secondSub = isOnline
    ? [{ ...subCard(2), onlineClasses: ['data'] }]
    : index % 3 === 0
      ? []
      : [subCard(2)];
  const television = index % 4 === 3 && !isOnline ? [] : [iptv];
  return [main, subCard(1), ...secondSub, broadband, ...television, fixed];
}

function residentId(region: string, sequence: number): string {
  const body = `${region}${String(sequence).padStart(3, '0')}`;
  return `${body}${residentIdCheckCharacter(body)}`;
}
