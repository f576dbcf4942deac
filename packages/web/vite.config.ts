import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { japaneseStringsOnly } from './build/japanese-strings-only.ts';
import { notoSansJp } from './build/noto-sans-jp.ts';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwindcss(), notoSansJp(), japaneseStringsOnly()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // The CSP allows no data: fonts.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Schemas of other chunks are made before the entry's own lines run: the setting must come with Zod itself.
          groups: [{ name: 'zod', test: /node_modules\/zod\/|zod-without-eval/ }],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': { target: process.env['MADOGUCHI_API'] ?? 'http://127.0.0.1:8090' } },
  },
});
