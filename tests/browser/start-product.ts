/** Starts the product once for all specs, as a newcomer would, and tells them by environment where it is. */
import { startProduct } from '../support/product.ts'

export default async function start(): Promise<() => Promise<void>> {
  // People who walk would make every picture another one, and stand where a test clicks.
  const product = await startProduct({ args: ['--no-simulator'] })
  process.env.GELIN_TEST_ORIGIN = product.origin
  process.env.GELIN_TEST_DATA_DIR = product.dataDir
  process.env.GELIN_TEST_LINKS = JSON.stringify(product.links)
  return async () => {
    await product.stop()
  }
}
