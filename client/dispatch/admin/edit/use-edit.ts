/** A form on one record: what is typed, what is wrong, sending it once, and meeting somebody else's change. */
import { computed, type Ref, ref, shallowRef, watch } from 'vue'
import * as z from 'zod/mini'
import type { Faults } from './field-faults.ts'
import { changedKeys, contestedKeys, rebase } from './rebase.ts'
import { useSave } from './use-save.ts'

export interface Versioned {
  id: string
  version: number
}

export interface EditSetup<Fields extends object, Item extends Versioned> {
  /** null = a new one. */
  item: Item | null
  /** What the form shows for a record, or for a new one. */
  toFields: (item: Item | null) => Fields
  /** What is wrong with the form; empty = it may be sent. */
  check: (fields: Fields) => Faults
  /** Sends it; `key` makes a repeated create count once. */
  send: (fields: Fields, item: Item | null, key: string) => Promise<Item>
  /** Reads the record that comes with a version conflict. */
  schema: z.ZodMiniType<Item>
}

export function useEdit<Fields extends object, Item extends Versioned>(setup: EditSetup<Fields, Item>) {
  const { save, isPending, failure } = useSave()
  /** The record as this form knows it; the next write carries its version. */
  const item = shallowRef<Item | null>(setup.item)
  const base = shallowRef<Fields>(setup.toFields(setup.item))
  const fields = ref(setup.toFields(setup.item)) as Ref<Fields>
  const faults = shallowRef<Faults>({})

  // Once a fault was shown, it goes as soon as it is mended.
  watch(
    fields,
    () => {
      if (Object.keys(faults.value).length > 0) faults.value = setup.check(fields.value)
    },
    { deep: true },
  )

  const isDirty = computed(() => changedKeys(base.value, fields.value).length > 0)

  /** Somebody else's newer record, after a version conflict. */
  const newer = computed<Item | null>(() => {
    if (failure.value?.code !== 'version_conflict') return null
    const parsed = z.safeParse(setup.schema, failure.value.current)
    return parsed.success ? parsed.data : null
  })
  const theirChanges = computed(() => (newer.value ? changedKeys(base.value, setup.toFields(newer.value)) : []))
  const contested = computed(() =>
    newer.value ? contestedKeys(base.value, fields.value, setup.toFields(newer.value)) : [],
  )

  function take(saved: Item): void {
    item.value = saved
    base.value = setup.toFields(saved)
    failure.value = null
  }

  /** The saved record, or null when it was not saved: `faults` and `failure` then say why. */
  async function submit(): Promise<Item | null> {
    faults.value = setup.check(fields.value)
    if (Object.keys(faults.value).length > 0) return null
    const saved = await save((key) => setup.send(fields.value, item.value, key))
    if (!saved) return null
    take(saved)
    fields.value = setup.toFields(saved)
    return saved
  }

  /** Takes in the newer record; what was typed here stays. */
  function keepTyped(): void {
    const current = newer.value
    if (!current) return
    const merged = rebase(base.value, fields.value, setup.toFields(current))
    take(current)
    fields.value = merged
  }

  /** Takes in the newer record whole. */
  function takeTheirs(): void {
    const current = newer.value
    if (!current) return
    take(current)
    fields.value = setup.toFields(current)
  }

  return {
    item,
    fields,
    faults,
    failure,
    isPending,
    isDirty,
    newer,
    theirChanges,
    contested,
    submit,
    keepTyped,
    takeTheirs,
  }
}
export type Edit<Fields extends object, Item extends Versioned> = ReturnType<typeof useEdit<Fields, Item>>
