import type { Serve } from '../serve.ts'
import type { AccountsService } from './accounts.service.ts'

/** `linkOrigin`: the address of ours that a link made for this Origin header should lead to. */
export function accountsRoutes(
  serve: Serve,
  accounts: AccountsService,
  linkOrigin: (origin: string | undefined) => string,
): void {
  serve('accounts.list', ({ viewer }) => accounts.list(viewer))
  serve('accounts.create', ({ viewer, body, command }) => accounts.create(viewer, body, command))
  serve('accounts.change', ({ viewer, params, body }) => accounts.change(viewer, params.id, body))
  serve('accounts.link', ({ viewer, params, request }) =>
    accounts.link(viewer, params.id, linkOrigin(request.get('origin'))),
  )
}
