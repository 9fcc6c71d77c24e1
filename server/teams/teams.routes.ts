import type { Serve } from '../serve.ts'
import type { TeamsService } from './teams.service.ts'

export function teamsRoutes(serve: Serve, teams: TeamsService): void {
  serve('teams.list', ({ viewer, grant }) => teams.list(viewer, grant))
  serve('teams.create', ({ viewer, grant, body, command }) => teams.create(viewer, grant, body, command))
  serve('teams.change', ({ viewer, grant, params, body }) => teams.change(viewer, grant, params.id, body))
}
