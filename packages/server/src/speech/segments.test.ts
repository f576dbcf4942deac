import type { SayPart } from '@madoguchi/flow';
import { expect, test } from 'vitest';
import { compileSegments } from './segments.ts';

const fixed = (text: string): SayPart => ({ type: 'fixed', text });
const value = (text: string, readAs: Extract<SayPart, { type: 'value' }>['readAs']): SayPart => ({
  type: 'value',
  name: 'x',
  text,
  readAs,
});
const readings = (...parts: SayPart[]) =>
  compileSegments(parts).map((segment) => (segment.type === 'speech' ? segment.reading : segment.audioId));

test('a counter is spoken together with the figure before it', () => {
  expect(readings(fixed('あと'), value('300', 'number'), fixed('件です。'))).toEqual([
    'あと',
    '300件',
    'です。',
  ]);
});

test('円 after an amount is not said twice', () => {
  expect(readings(value('12800', 'amount'), fixed('円です。'))).toEqual(['12800円', 'です。']);
});

test('は and へ after a value are spoken as particles', () => {
  expect(readings(value('1月31日', 'date'), fixed('は納期限です。'))).toEqual(['1月31日', 'わ納期限です。']);
  expect(readings(value('市民課', 'text'), fixed('へお越しください。'))).toEqual([
    '市民課',
    'えお越しください。',
  ]);
  expect(readings(fixed('はい、'), value('市民課', 'text'), fixed('はいつでも'))).toEqual([
    'はい',
    '市民課',
    'わいつでも',
  ]);
});

test('fixed text is the same segment whatever the value beside it, so that it can be made before', () => {
  const around = (text: string) =>
    compileSegments([fixed('受付番号は、'), value(text, 'digits'), fixed('です。')]).filter(
      (segment) => segment.type === 'speech' && segment.kind === 'fixed',
    );
  expect(around('12')).toEqual(around('98765'));
});

test('the pause after a segment follows from its text', () => {
  const endings = compileSegments([
    fixed('はい。番号は、'),
    value('12', 'digits'),
    fixed('で'),
    value('3', 'digits'),
    fixed('です'),
  ]).map((segment) => (segment.type === 'speech' ? segment.ending : ''));
  expect(endings).toEqual(['sentence', 'breath', 'joined', 'joined', 'joined', 'sentence']);
});

test('uploaded sounds keep their place and empty texts vanish', () => {
  expect(readings(fixed('  '), { type: 'audio', audioId: 'abc' }, fixed('。'), fixed('どうぞ'))).toEqual([
    'abc',
    'どうぞ',
  ]);
});
