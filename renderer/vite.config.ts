import { lingui } from '@lingui/vite-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// a path, and not an address: folders may have spaces in their names, and drives come after a slash. electron-vite
// knows import.meta.url alone, and the types of a page know nothing of node:url
const here = decodeURIComponent(new URL('.', import.meta.url).pathname).replace(/^\/(?=[A-Za-z]:)/, '')

/**
 * Builds the interface to out/renderer: files of one folder that ask for nothing
 * from anywhere else and run under `default-src 'none'` with 'self' for the rest.
 */
export default defineConfig({
  root: here,
  base: './',
  plugins: [
    // transforms the macros too, so that no babel is needed
    lingui({ configPath: `${here}lingui.config.ts`, macroTransform: true, failOnCompileError: true }),
    react(),
  ],
  build: {
    outDir: '../out/renderer',
    emptyOutDir: true,
    sourcemap: false,
    // data: fonts and pictures would need a wider policy
    assetsInlineLimit: 0,
    // Electron 45 and browsers of the last two years; keeps light-dark() as it is written
    target: ['chrome126', 'firefox128', 'safari17.5'],
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // read from this device, once
    chunkSizeWarningLimit: 2000,
  },
})
