/// <reference types="vitest/config" />
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const page = (face: string) => here(`client/${face}/index.html`)
const server = `http://127.0.0.1:${process.env.PORT || 8080}`

/** Tests that are about the one database only, when the run is for the other. */
const otherDatabase = process.env.DATABASE_URL ? '**/*.embedded.test.ts' : '**/*.postgres.test.ts'

const suite = (name: string, include: string[], options: object = {}) => ({
  plugins: [vue()],
  test: { name, root: here('.'), include, exclude: [otherDatabase], ...options },
})

export default defineConfig({
  root: here('client'),
  plugins: [vue()],
  define: {
    __VUE_OPTIONS_API__: 'false',
    __INTLIFY_JIT_COMPILATION__: 'true',
    __INTLIFY_DROP_MESSAGE_COMPILER__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
  },
  build: {
    outDir: here('dist/client'),
    emptyOutDir: true,
    // The map library alone is a megabyte; it is its own chunk and loads once.
    chunkSizeWarningLimit: 1_500,
    rolldownOptions: { input: { dispatch: page('dispatch'), field: page('field'), resident: page('resident') } },
  },
  worker: { format: 'es' },
  server: {
    port: 5173,
    proxy: {
      '/api': server,
      '/tiles': server,
      '/sign-in': server,
      '/socket.io': { target: server, ws: true },
    },
  },
  test: {
    projects: [
      // Contract, services with hand-written fakes, stores, layers: no server, no database.
      suite('fast', ['tests/{contract,server,client,geodata}/**/*.test.ts', 'tests/architecture.test.ts'], {
        sequence: { groupOrder: 0 },
      }),
      // A database per file: embedded by default, real PostgreSQL when DATABASE_URL is set.
      suite('database', ['tests/database/**/*.test.ts'], {
        globalSetup: ['tests/support/database-template.ts'],
        testTimeout: 60_000,
        hookTimeout: 120_000,
        maxWorkers: 2,
        sequence: { groupOrder: 1 },
      }),
      // Real processes, ports and clients.
      suite('journeys', ['tests/journeys/**/*.test.ts'], {
        globalSetup: ['tests/support/database-template.ts'],
        testTimeout: 120_000,
        hookTimeout: 180_000,
        maxWorkers: 1,
        sequence: { groupOrder: 2 },
      }),
    ],
  },
})
