/** Asks one address after another over kept connections, from a process of its own. */
import { Agent, get } from 'node:http'
import { answerBench } from '../worker.ts'

const answers = {
  /** Answers with status 200 within the time, `atOnce` questions under way; anything else is an error. */
  async ask(urls: readonly string[], cookie: string, milliseconds: number, atOnce: number): Promise<number> {
    const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
    const until = performance.now() + milliseconds
    let next = 0
    let answered = 0
    const one = (url: string) =>
      new Promise<void>((resolve, reject) => {
        get(url, { agent, headers: { cookie } }, (response) => {
          response.resume()
          response.once('end', () =>
            response.statusCode === 200 ? resolve() : reject(new Error(`HTTP ${response.statusCode}`)),
          )
        }).once('error', reject)
      })
    const asker = async () => {
      while (performance.now() < until) {
        await one(urls[next++ % urls.length] ?? '')
        answered++
      }
    }
    await Promise.all(Array.from({ length: atOnce }, asker))
    agent.destroy()
    return answered
  },
}
export type HttpLoad = typeof answers
answerBench(answers)
