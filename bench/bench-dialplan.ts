import { join } from 'node:path';
import { endpointOf, type Trunk } from '@madoguchi/telephony/trunk';
import { MARKERS, NUMBERS } from './call-plan.ts';
import { STAFF } from './plan-transfer.ts';
import { soundName } from './sounds.ts';

/**
 * The round's conversation as Asterisk's own dialplan would have it, without the product: what the telephone engine alone costs. Menus
 * have contexts of their own with one-digit extensions only, so that no further digit is waited for.
 */
export function benchDialplan(soundFolder: string, recordingFolder: string, trunk: Trunk): string {
  const keys = ['1', '2', '3'];
  const sound = (marker: number) => join(soundFolder, soundName(marker));
  const menu = (
    name: string,
    marker: number,
    after: (key: string) => readonly string[],
    more: readonly string[] = [],
  ) =>
    [
      `[${name}]`,
      `exten => s,1,Background(${sound(marker)})`,
      ' same => n,WaitExten(10)',
      ' same => n,Hangup()',
      ...keys.flatMap((key) => {
        const [first, ...rest] = after(key);
        return [`exten => ${key},1,${first}`, ...rest.map((step) => ` same => n,${step}`)];
      }),
      ...more,
      '',
    ].join('\n');
  // As the product records: two voices apart, raw, while both talk; ring tone until then.
  const transfer = ({ key, number }: { readonly key: string; readonly number: string }) => [
    `exten => ${key},1,MixMonitor(${recordingFolder}/\${UNIQUEID}.raw,Db)`,
    ` same => n,Dial(PJSIP/${number}@${endpointOf(trunk, null)},20,rg)`,
    ' same => n,StopMixMonitor()',
    ` same => n,Playback(${sound(MARKERS.farewell)})`,
    ' same => n,Hangup()',
  ];
  return [
    '[general]\nstatic=yes\nwriteprotect=yes\n',
    '[inbound]',
    ...NUMBERS.flatMap((number, index) => [
      `exten => ${number},1,Answer()`,
      ` same => n,Playback(${sound(MARKERS.greeting(index))})`,
      ' same => n,Goto(first,s,1)',
    ]),
    '',
    menu(
      'first',
      MARKERS.firstMenu,
      (key) => [`Playback(${sound(MARKERS.firstBranch(key))})`, 'Goto(second,s,1)'],
      Object.values(STAFF).flatMap(transfer),
    ),
    menu('second', MARKERS.secondMenu, (key) => [
      `Playback(${sound(MARKERS.secondBranch(key))})`,
      `Playback(${sound(MARKERS.farewell)})`,
      'Hangup()',
    ]),
  ].join('\n');
}
