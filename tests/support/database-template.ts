/** Makes one migrated database before the database tests; every test file then gets a copy of its own. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../server/database/migrate.ts'
import { startEmbedded } from './embedded.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** PostgreSQL: the URL whose database is copied. Embedded: the file with the migrated data directory. */
    template: { url: string } | { file: string }
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env.DATABASE_URL
  return url ? postgresTemplate(project, url) : embeddedTemplate(project)
}

async function postgresTemplate(project: TestProject, url: string) {
  const name = `gelin_template_${process.pid}_${project.name}`
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${name}`)
  const templateUrl = Object.assign(new URL(url), { pathname: `/${name}` }).href
  await migrate({ url: templateUrl })
  project.provide('template', { url: templateUrl })
  return async () => {
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await admin.end()
  }
}

async function embeddedTemplate(project: TestProject) {
  const directory = await mkdtemp(join(tmpdir(), 'gelin-template-'))
  const embedded = await startEmbedded(directory)
  await migrate({ socketDir: embedded.socketDir })
  const file = join(directory, 'template.tar.gz')
  await writeFile(file, await embedded.dump())
  await embedded.stop()
  project.provide('template', { file })
  return () => rm(directory, { recursive: true, force: true })
}
