/** Responsible departments of the street and what they take on. */
import type { DepartmentRow } from './district.ts'
import { officePhone } from './roster.ts'

const names = {
  cityManagement: '城管执法中队',
  municipal: '市政养护所',
  sanitation: '环卫所',
  greening: '园林绿化所',
  traffic: '交警中队',
  power: '供电所',
  water: '水务所',
  drainage: '排水管理所',
  justice: '司法所',
  construction: '住建监督站',
  environment: '生态环境所',
  market: '市场监管所',
  fire: '消防救援站',
  property: '物业管理联席办',
} as const

export type DepartmentKey = keyof typeof names

export const departmentCode = (key: DepartmentKey) => `D${String(Object.keys(names).indexOf(key) + 1).padStart(2, '0')}`

export const listDepartments = (town: string): DepartmentRow[] =>
  (Object.keys(names) as DepartmentKey[]).map((key, index) => ({
    code: departmentCode(key),
    name: `${town}${names[key]}`,
    phone: officePhone(2_001 + index),
  }))
