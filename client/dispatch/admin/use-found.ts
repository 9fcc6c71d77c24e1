/** A list narrowed to the rows that hold what was typed, anywhere a person would look for it. */
import { computed, ref } from 'vue'

export function useFound<Row>(rows: () => readonly Row[] | null, textsOf: (row: Row) => readonly (string | null)[]) {
  const query = ref('')
  const found = computed<readonly Row[]>(() => {
    const wanted = query.value.trim().toLowerCase()
    const all = rows() ?? []
    if (wanted === '') return all
    return all.filter((row) => textsOf(row).some((text) => text?.toLowerCase().includes(wanted)))
  })
  return { query, found }
}
