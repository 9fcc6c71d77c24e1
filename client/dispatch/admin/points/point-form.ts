/** A service point as the form holds it, and as the contract takes it. */
import * as z from 'zod/mini'
import {
  type ServicePoint,
  type ServicePointKind,
  type ServicePointWrite,
  servicePointWrite,
} from '#contract/service-points'
import { type Faults, type FieldFault, faultsOf } from '../edit/field-faults.ts'
import { emptyHours, type HoursDraft, hoursDraft, hoursFaults, toOpeningHours } from './hours.ts'
import { type PlaceFields, placeFields, readPlace } from './place.ts'

export interface PointFields {
  name: string
  kind: ServicePointKind
  address: string
  phone: string
  services: string[]
  hours: HoursDraft
  place: PlaceFields
}

export function pointFields(point: ServicePoint | null): PointFields {
  return {
    name: point?.name ?? '',
    kind: point?.kind ?? 'station',
    address: point?.address ?? '',
    phone: point?.phone ?? '',
    services: [...(point?.services ?? [])],
    hours: point ? hoursDraft(point.hours) : emptyHours(),
    place: placeFields(point?.position ?? null),
  }
}

/** What is sent; `position` is missing while no place is given, which the schema refuses. */
export function pointBody(
  fields: PointFields,
): Omit<ServicePointWrite, 'position'> & { position: [number, number] | null } {
  return {
    name: fields.name.trim(),
    kind: fields.kind,
    address: fields.address.trim() || null,
    phone: fields.phone.trim() || null,
    services: [...fields.services],
    hours: toOpeningHours(fields.hours),
    position: readPlace(fields.place),
  }
}

/** The body once nothing is wrong with it. Throws where `pointFaults` finds something. */
export const checkedPointBody = (fields: PointFields): ServicePointWrite =>
  z.parse(servicePointWrite, pointBody(fields))

/** Faults by path; those of the hours by day: "hours.0". */
export function pointFaults(fields: PointFields): Faults {
  const faults: Record<string, FieldFault> = {}
  for (const [path, fault] of Object.entries(faultsOf(servicePointWrite, pointBody(fields))))
    if (!path.startsWith('hours')) faults[path] = fault
  for (const [day, fault] of hoursFaults(fields.hours).entries()) if (fault) faults[`hours.${day}`] = fault
  return faults
}
