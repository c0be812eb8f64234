import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: at('.'),
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: at('./dist'),
    emptyOutDir: true,
    sourcemap: false,
    rollupOptions: { input: { portal: at('./portal/index.html'), console: at('./console/index.html') } },
  },
});
