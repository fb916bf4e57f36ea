import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import renderer from './renderer/vite.config.ts'

const { target = false, ...page } = renderer.build ?? {}

/** electron-vite would add its own target; the page is built the same way for both doors. */
const oneBuild: Plugin = {
  name: 'one-build',
  enforce: 'post',
  config(config) {
    config.build = { ...config.build, target }
  },
}

/**
 * The window: main process, preload and page, from the same sources as all else.
 * Needs Electron's package, not its binary.
 */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      emptyOutDir: true,
      rolldownOptions: {
        // a thread is loaded by its address and not imported: it is an entry of its own
        input: ['main/electron/index.ts', 'core/crypto/miner-thread.ts'],
        output: {
          // core finds its threads beside itself, so the files stay where they are
          preserveModules: true,
          preserveModulesRoot: '.',
          entryFileNames: '[name].js',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      emptyOutDir: true,
      // a sandboxed preload is CommonJS and can load nothing but electron
      externalizeDeps: false,
      rolldownOptions: {
        input: 'main/electron/preload.ts',
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    ...renderer,
    plugins: [...(renderer.plugins ?? []), oneBuild],
    // apart from out/renderer: a local page may be reading that one
    build: { ...page, outDir: 'out/window', rolldownOptions: { input: 'renderer/index.html' } },
  },
})
