/** Accounts in reach, and the departments an account can belong to. */
import { shallowRef } from 'vue'
import type { Account } from '#contract/accounts'
import type { Department } from '#contract/district'
import { call } from '../../../api/call.ts'
import { putItem } from '../edit/put-item.ts'

export function useAccounts() {
  const accounts = shallowRef<readonly Account[] | null>(null)
  const departments = shallowRef<readonly Department[]>([])

  async function refresh(): Promise<void> {
    const [accountList, departmentList] = await Promise.all([call('accounts.list', {}), call('departments.list', {})])
    departments.value = departmentList
    accounts.value = accountList
  }

  /** Shows a saved account at once, where it stands. */
  function put(saved: Account): void {
    accounts.value = putItem(accounts.value ?? [], saved)
  }

  return { accounts, departments, refresh, put }
}
