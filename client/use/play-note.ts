/** One note of a signal, by Web Audio: there is no file to fetch. */

const EDGE_SECONDS = 0.02

/** `from` and `seconds` by the context's clock; loudness 0 to 1. */
export function playNote(context: AudioContext, hertz: number, from: number, seconds: number, loudness: number): void {
  const until = from + seconds
  const note = context.createOscillator()
  const volume = context.createGain()
  note.frequency.value = hertz
  // In and out gently: an edge would click.
  volume.gain.setValueAtTime(0, from)
  volume.gain.linearRampToValueAtTime(loudness, from + EDGE_SECONDS)
  volume.gain.setValueAtTime(loudness, until - EDGE_SECONDS)
  volume.gain.linearRampToValueAtTime(0, until)
  note.connect(volume).connect(context.destination)
  note.start(from)
  note.stop(until)
}
