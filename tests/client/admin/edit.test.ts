import { describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import * as z from 'zod/mini'
import { CallFailed } from '../../../client/api/call.ts'
import { createCommandKey } from '../../../client/dispatch/admin/edit/command-key.ts'
import type { Faults } from '../../../client/dispatch/admin/edit/field-faults.ts'
import { changedKeys, contestedKeys, rebase } from '../../../client/dispatch/admin/edit/rebase.ts'
import { useEdit } from '../../../client/dispatch/admin/edit/use-edit.ts'

const schema = z.object({ id: z.string(), name: z.string(), phone: z.string(), version: z.number() })
type Person = z.infer<typeof schema>
const first: Person = { id: '1', name: '林静', phone: '100', version: 1 }
const fieldsOf = (item: Person | null) => ({ name: item?.name ?? '', phone: item?.phone ?? '' })

const conflict = (current: unknown) => new CallFailed(409, { code: 'version_conflict', message: '', current })

function editOf(send: (fields: { name: string; phone: string }, item: Person | null, key: string) => Promise<Person>) {
  const check = ({ name }: { name: string }): Faults => (name === '' ? { name: 'missing' } : {})
  return useEdit<{ name: string; phone: string }, Person>({ item: first, toFields: fieldsOf, check, send, schema })
}

describe('two changes of one record', () => {
  const base = { name: '林静', phone: '100', skills: ['a'] }

  it('keeps what was typed and takes the rest from the newer record', () => {
    const typed = { ...base, phone: '200' }
    const current = { name: '林小静', phone: '100', skills: ['a', 'b'] }
    expect(rebase(base, typed, current)).toEqual({ name: '林小静', phone: '200', skills: ['a', 'b'] })
    expect(contestedKeys(base, typed, current)).toEqual([])
  })

  it('names what both changed differently', () => {
    const typed = { ...base, phone: '200', name: '林小静' }
    const current = { ...base, phone: '300', name: '林小静' }
    expect(contestedKeys(base, typed, current)).toEqual(['phone'])
    expect(changedKeys(base, current)).toEqual(['name', 'phone'])
  })
})

describe('a form', () => {
  it('does not send what is wrong, and says where', async () => {
    const edit = editOf(() => Promise.reject(new Error('must not be sent')))
    edit.fields.value.name = ''
    expect(await edit.submit()).toBeNull()
    expect(edit.faults.value).toEqual({ name: 'missing' })
    expect(edit.failure.value).toBeNull()
  })

  it('takes a fault away as soon as it is mended', async () => {
    const edit = editOf(() => Promise.reject(new Error('must not be sent')))
    edit.fields.value.name = ''
    await edit.submit()
    edit.fields.value.name = '林静'
    await nextTick()
    expect(edit.faults.value).toEqual({})
  })

  it('sends once, however often it is pressed', async () => {
    const sent: string[] = []
    let answer: (person: Person) => void = () => {}
    const edit = editOf((_, __, key) => {
      sent.push(key)
      return new Promise((resolve) => {
        answer = resolve
      })
    })
    const saving = edit.submit()
    expect(edit.isPending.value).toBe(true)
    expect(await edit.submit()).toBeNull()
    answer({ ...first, version: 2 })
    await saving
    expect(sent).toHaveLength(1)
    expect(edit.isPending.value).toBe(false)
    expect(edit.item.value?.version).toBe(2)
    expect(edit.isDirty.value).toBe(false)
  })

  it('keeps what was typed through a conflict and saves it on the newer version', async () => {
    const theirs: Person = { id: '1', name: '林小静', phone: '100', version: 7 }
    const versions: number[] = []
    const edit = editOf(async (fields, item) => {
      versions.push(item?.version ?? 0)
      if (item?.version !== theirs.version) throw conflict(theirs)
      return { ...theirs, ...fields, version: 8 }
    })
    edit.fields.value.phone = '200'
    expect(await edit.submit()).toBeNull()
    expect(edit.newer.value).toEqual(theirs)
    expect(edit.theirChanges.value).toEqual(['name'])
    edit.keepTyped()
    expect(edit.fields.value).toEqual({ name: '林小静', phone: '200' })
    expect(edit.isDirty.value).toBe(true)
    expect(await edit.submit()).toEqual({ id: '1', name: '林小静', phone: '200', version: 8 })
    expect(versions).toEqual([1, 7])
  })

  it('can give up what was typed for the newer record', async () => {
    const theirs: Person = { ...first, phone: '300', version: 7 }
    const edit = editOf(() => Promise.reject(conflict(theirs)))
    edit.fields.value.phone = '200'
    await edit.submit()
    expect(edit.contested.value).toEqual(['phone'])
    edit.takeTheirs()
    expect(edit.fields.value.phone).toBe('300')
    expect(edit.isDirty.value).toBe(false)
    expect(edit.failure.value).toBeNull()
  })

  it('says a conflict even when the newer record cannot be read', async () => {
    const edit = editOf(() => Promise.reject(conflict('nonsense')))
    await edit.submit()
    expect(edit.failure.value?.code).toBe('version_conflict')
    expect(edit.newer.value).toBeNull()
  })
})

describe('the key of a command', () => {
  const keys = () => {
    let count = 0
    return createCommandKey(() => `key ${++count}`)
  }

  it('stays the same while nobody knows whether the command was done', () => {
    const key = keys()
    for (const code of ['offline', 'fault', 'not_ready', 'too_busy', 'key_reused'] as const) key.settle(code)
    expect(key.current()).toBe('key 1')
  })

  it('is new after the command was done or declined', () => {
    const key = keys()
    key.settle('bad_input')
    expect(key.current()).toBe('key 2')
    key.settle(null)
    expect(key.current()).toBe('key 3')
  })
})
