import type { Serve } from '../serve.ts'
import type { SettingsService } from './settings.service.ts'

export function settingsRoutes(serve: Serve, settings: SettingsService): void {
  serve('settings.calls', () => settings.see())
  serve('settings.changeCalls', ({ viewer, body }) => settings.changeCalls(viewer, body))
}
