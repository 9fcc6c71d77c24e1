/** A gateway as the form holds it, and as the contract takes it. */
import { type Gateway, gatewayWrite } from '#contract/duty'
import { type Faults, faultsOf } from '../edit/field-faults.ts'

export interface GatewayFields {
  name: string
  /** As typed. */
  reportsEverySeconds: string
}

/** A gateway is made and revoked, never changed, so it has one version only. */
export type GatewayRecord = Gateway & { version: number }
export const gatewayRecord = (gateway: Gateway): GatewayRecord => ({ ...gateway, version: 0 })

const USUAL_SECONDS = 10
export const gatewayFields = (): GatewayFields => ({ name: '', reportsEverySeconds: String(USUAL_SECONDS) })

export const gatewayBody = ({ name, reportsEverySeconds }: GatewayFields) => ({
  name: name.trim(),
  reportsEverySeconds: Number(reportsEverySeconds.trim() || Number.NaN),
})

export function gatewayFaults(fields: GatewayFields): Faults {
  const faults = faultsOf(gatewayWrite, gatewayBody(fields))
  return faults.reportsEverySeconds ? { ...faults, reportsEverySeconds: 'interval' } : faults
}
