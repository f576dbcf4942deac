import type { BudgetLevel, Rate, RateDestination, Rounding } from '@madoguchi/server/campaign-cost-contract';
import type { IconName } from '../../design/icon.tsx';
import type { Tone } from '../../design/state-label.tsx';

export const DESTINATIONS: Readonly<Record<RateDestination, string>> = {
  landline: '固定電話',
  mobile: '携帯電話',
  ipPhone: 'IP電話（050）',
  tollFree: '着信課金（0120・0800）',
  sms: 'SMS',
};

export const ROUNDINGS: Readonly<Record<Rounding, string>> = {
  sen: '端数を残す',
  yenDown: '1円未満切り捨て',
  yenNearest: '1円未満四捨五入',
  yenUp: '1円未満切り上げ',
};

export const LEVELS: Readonly<
  Record<BudgetLevel, { readonly word: string; readonly icon: IconName; readonly tone: Tone }>
> = {
  within: { word: '余裕あり', icon: 'check', tone: 'good' },
  warning: { word: '残りわずか', icon: 'alert', tone: 'warning' },
  usedUp: { word: '使い切り', icon: 'cross', tone: 'bad' },
};

/** '1,234円', of sen rounded up: what was used is never shown as less. */
export function yenOfSen(sen: number): string {
  return `${Math.ceil(sen / 100).toLocaleString('ja')}円`;
}

/** '8.8円'-like, of sen with its fraction. */
export function exactYen(sen: number): string {
  return `${(sen / 100).toLocaleString('ja', { maximumFractionDigits: 2 })}円`;
}

/** '8円／180秒', 'SMS：分割1つ15円'. */
export function unitWords({ destination, unitSen, unitSeconds, feeSen }: Rate): string {
  if (destination === 'sms') return `分割1つ ${exactYen(feeSen)}`;
  const unit = `${unitSeconds}秒ごとに ${exactYen(unitSen)}`;
  return feeSen === 0 ? unit : `${unit}、1通話 ${exactYen(feeSen)}`;
}

/** Whole yen that somebody typed; null where it is no number. */
export function typedYen(text: string): number | null {
  const plain = text.normalize('NFKC').replace(/[,円\s]/g, '');
  return /^\d{1,9}$/.test(plain) ? Number(plain) : null;
}

/** Sen of yen with up to two digits after the point; null where it is none. */
export function typedSen(text: string): number | null {
  const plain = text.normalize('NFKC').replace(/[,円\s]/g, '');
  return /^\d{1,4}(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : null;
}
