import { expect, test } from 'vitest';
import { adminOrigins } from './admin-origins.ts';

const at = { address: '127.0.0.1', port: 8080, publicUrl: null };

test('behind a proxy the page is opened at the proxy alone, however its address was written', () => {
  for (const publicUrl of ['https://madoguchi.example.lg.jp', 'https://madoguchi.example.lg.jp/admin/']) {
    expect(adminOrigins({ ...at, publicUrl })).toEqual(['https://madoguchi.example.lg.jp']);
  }
});

test('on the machine itself localhost is as good as 127.0.0.1', () => {
  const local = ['http://127.0.0.1:8080', 'http://localhost:8080'];
  expect(adminOrigins(at)).toEqual(local);
  expect(adminOrigins({ ...at, address: '0.0.0.0' })).toEqual(local);
  expect(adminOrigins({ ...at, address: '192.0.2.7' })).toEqual(['http://192.0.2.7:8080', ...local]);
  expect(adminOrigins({ ...at, address: '2001:db8::7' })[0]).toBe('http://[2001:db8::7]:8080');
});
