import type { Serve } from '../serve.ts'
import type { MembersService } from './members.service.ts'

export function membersRoutes(serve: Serve, members: MembersService): void {
  serve('members.list', ({ viewer, grant, query }) => members.list(viewer, grant, query))
  serve('members.see', ({ viewer, grant, params }) => members.see(viewer, grant, params.id))
  serve('members.create', ({ viewer, grant, body, command }) => members.create(viewer, grant, body, command))
  serve('members.change', ({ viewer, grant, params, body }) => members.change(viewer, grant, params.id, body))
}
