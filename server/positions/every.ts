/** Does something again and again, each time after the one before has ended; a fault is told and does not stop it. */
export function every(
  milliseconds: number,
  work: () => Promise<unknown>,
  onFault: (error: unknown) => void,
): () => void {
  let isStopped = false
  let timer: NodeJS.Timeout | undefined
  const next = async () => {
    await work().catch(onFault)
    if (!isStopped) timer = setTimeout(next, milliseconds).unref()
  }
  timer = setTimeout(next, milliseconds).unref()
  return () => {
    isStopped = true
    clearTimeout(timer)
  }
}
