/** Who may import whom. A rule broken here is a design decision taken by accident. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const folders = ['contract', 'server', 'client', 'geodata'] as const

interface Import {
  from: string
  /** A path inside the project, or a package name. */
  to: string
}

const sources = folders.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|vue)$/.test(name))
    .map((name) => join(folder, name)),
)

const imports: Import[] = sources.flatMap((from) => {
  const text = readFileSync(join(root, from), 'utf8')
  const specifiers = [...text.matchAll(/(?:from\s+|import\s*\(\s*|^import\s+|typeof import\()['"]([^'"]+)['"]/gm)]
  return specifiers.map(([, specifier]) => ({ from, to: target(from, specifier ?? '') }))
})

function target(from: string, specifier: string): string {
  if (specifier.startsWith('#contract/')) return `contract/${specifier.slice('#contract/'.length)}.ts`
  if (specifier.startsWith('.')) return relative(root, resolve(root, dirname(from), specifier)).replace(/\?.*$/, '')
  return specifier
}

const isPackage = (to: string) => !folders.some((folder) => to.startsWith(`${folder}/`))
const packageName = (to: string) =>
  to.startsWith('@') ? to.split('/').slice(0, 2).join('/') : (to.split('/')[0] ?? to)
const inFolder = (folder: string) => (path: string) => path.startsWith(`${folder}/`)
const broken = (test: (rule: Import) => boolean) => imports.filter(test).map(({ from, to }) => `${from} → ${to}`)

it('reads the whole project', () => {
  expect(sources.length).toBeGreaterThan(60)
  expect(imports.length).toBeGreaterThan(200)
})

describe('folders', () => {
  it('contract imports nothing but zod/mini and itself', () => {
    expect(
      broken(({ from, to }) => inFolder('contract')(from) && !inFolder('contract')(to) && to !== 'zod/mini'),
    ).toEqual([])
  })

  it('client and server never import each other', () => {
    expect(
      broken(
        ({ from, to }) =>
          (inFolder('client')(from) && (inFolder('server')(to) || inFolder('geodata')(to))) ||
          (inFolder('server')(from) && (inFolder('client')(to) || inFolder('geodata')(to))),
      ),
    ).toEqual([])
  })

  it('geodata imports contract, and of the server only its database and configuration', () => {
    const allowed = ['server/database/', 'server/config.ts']
    expect(
      broken(
        ({ from, to }) =>
          inFolder('geodata')(from) && inFolder('server')(to) && !allowed.some((start) => to.startsWith(start)),
      ),
    ).toEqual([])
    expect(broken(({ from, to }) => inFolder('geodata')(from) && inFolder('client')(to))).toEqual([])
  })
})

describe('server', () => {
  const is = (suffix: string) => (path: string) => inFolder('server')(path) && path.endsWith(suffix)
  const feature = (path: string) => path.split('/')[1]

  it('services know neither express, pg nor socket.io', () => {
    const forbidden = new Set(['express', 'pg', 'socket.io'])
    expect(broken(({ from, to }) => is('.service.ts')(from) && forbidden.has(packageName(to)))).toEqual([])
  })

  it('a feature reaches another through its service, never its queries', () => {
    // app.ts and web.ts put the parts together, so they are outside every feature.
    expect(
      broken(
        ({ from, to }) =>
          is('.queries.ts')(to) &&
          from.split('/').length > 2 &&
          inFolder('server')(from) &&
          feature(from) !== feature(to),
      ),
    ).toEqual([])
  })

  it('routes do not reach past their service', () => {
    expect(
      broken(({ from, to }) => is('.routes.ts')(from) && (is('.queries.ts')(to) || packageName(to) === 'pg')),
    ).toEqual([])
  })

  it('SQL stands only in queries, migrations and the database folder', () => {
    const statement = /\b(SELECT\s+[\w"*(].*\bFROM\b|INSERT\s+INTO\s+\w|UPDATE\s+\w+\s+SET\b|DELETE\s+FROM\s+\w)/
    const offenders = sources.filter(
      (path) =>
        !path.endsWith('.queries.ts') &&
        !path.startsWith('server/database/') &&
        statement.test(readFileSync(join(root, path), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')),
    )
    expect(offenders).toEqual([])
  })
})

describe('client', () => {
  const faces = ['wall', 'dispatch', 'resident', 'field']
  const faceOf = (path: string) => faces.find((face) => path.startsWith(`client/${face}/`))

  it('faces never import each other, and nothing shared imports a face', () => {
    expect(
      broken(({ from, to }) => inFolder('client')(from) && faceOf(to) !== undefined && faceOf(from) !== faceOf(to)),
    ).toEqual([])
  })

  it('stores know no map, socket or component', () => {
    expect(
      broken(
        ({ from, to }) =>
          inFolder('client/stores')(from) &&
          (inFolder('client/map')(to) ||
            inFolder('client/live')(to) ||
            to.endsWith('.vue') ||
            ['maplibre-gl', 'socket.io-client'].includes(packageName(to))),
      ),
    ).toEqual([])
  })

  it('map layers know no store', () => {
    expect(
      broken(
        ({ from, to }) =>
          inFolder('client/map')(from) && (inFolder('client/stores')(to) || packageName(to) === 'pinia'),
      ),
    ).toEqual([])
  })

  it('ui knows only Vue, the contract and itself', () => {
    const allowed = new Set(['vue', '@lucide/vue', 'reka-ui', 'qrcode', 'vue-i18n'])
    expect(
      broken(
        ({ from, to }) =>
          inFolder('client/ui')(from) &&
          !inFolder('client/ui')(to) &&
          !inFolder('contract')(to) &&
          !(isPackage(to) && allowed.has(packageName(to))),
      ),
    ).toEqual([])
  })

  it('never makes markup out of data', () => {
    const markup = /v-html|innerHTML|outerHTML|insertAdjacentHTML|setHTML\(|document\.write/
    expect(
      sources.filter((path) => inFolder('client')(path) && markup.test(readFileSync(join(root, path), 'utf8'))),
    ).toEqual([])
  })
})

it('one file acts when imported: entries only', () => {
  const entries = /(^server\/(main|start)\.ts$|\.command\.ts$|\/child\.ts$|^client\/\w+\/main\.ts$)/
  const acts = sources.filter(
    (path) =>
      path.endsWith('.ts') &&
      !entries.test(path) &&
      /^(await |void |process\.on\(|\w+\.listen\()/m.test(readFileSync(join(root, path), 'utf8')),
  )
  expect(acts).toEqual([])
})
