/** The map's camera for those who are not the map: cards, palette, keys. */
import { type InjectionKey, inject, provide, type ShallowRef, shallowRef } from 'vue'
import type { MapCamera } from '../map/map-model.ts'

const key: InjectionKey<ShallowRef<MapCamera | null>> = Symbol('camera')

/** Makes the place where the map leaves its camera, for all components below; null until the map is there. */
export function provideCamera(): void {
  provide(key, shallowRef(null))
}

export function useCamera(): ShallowRef<MapCamera | null> {
  const camera = inject(key)
  if (!camera) throw new Error('useCamera is called below provideCamera.')
  return camera
}
