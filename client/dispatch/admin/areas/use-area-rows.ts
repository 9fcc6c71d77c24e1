/** The tree of areas in order, worked out once for every list and field that shows it. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { useAreas } from '../../../stores/areas.ts'
import { areaRows } from './area-tree.ts'

export const useAreaRows = defineStore('areaRows', () => {
  const areas = useAreas()
  const rows = computed(() => areaRows(areas.list))
  const byId = computed(() => new Map(rows.value.map((row) => [row.id, row])))
  return { rows, byId }
})
