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
    rollupOptions: { input: [at('./portal/index.html'), at('./console/index.html')] },
  },
});
