/**
 * PostGIS for WebAssembly is built without the means to catch C++ exceptions. One that GEOS throws (an overlay of
 * invalid shapes) runs through the engine unnoticed: the statement ends half done, counts as done, and what it wrote so
 * far is committed. So the first throw has to end the process, as a crash of a PostgreSQL backend ends all backends:
 * whatever was not committed is gone, and a moment later everything answers again.
 */

/** Call before the engine is created. `onThrow` must not return. */
export function catchNativeFaults(onThrow: () => never): void {
  const { instantiate } = WebAssembly
  const guarded = (imports: WebAssembly.Imports | undefined) =>
    imports?.env ? { ...imports, env: guardedEnvironment(imports.env, onThrow) } : imports
  // Both ways in which the engine and its extensions are loaded.
  WebAssembly.instantiate = ((source: WebAssembly.Module, imports?: WebAssembly.Imports) =>
    instantiate(source, guarded(imports))) as typeof instantiate
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct: (Instance, [module, imports]: [WebAssembly.Module, WebAssembly.Imports?]) =>
      new Instance(module, guarded(imports)),
  })
}

/** What a module imports, with `throw` replaced. A proxy, because extensions look names up as they need them. */
function guardedEnvironment(environment: WebAssembly.ModuleImports, onThrow: () => never): WebAssembly.ModuleImports {
  return new Proxy(environment, {
    get: (target, name) => (name === '__cxa_throw' ? onThrow : Reflect.get(target, name)),
  })
}
