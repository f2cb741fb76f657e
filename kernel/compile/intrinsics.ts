/**
 * Names of the language itself. Cells read them directly, because `Math` behind a box costs a
 * tight loop some 10 % and hardly anyone redefines it. Once a cell does, see `index.ts`.
 */
export const intrinsics: ReadonlySet<string> = new Set(
  `undefined NaN Infinity globalThis eval isFinite isNaN parseFloat parseInt
  decodeURI decodeURIComponent encodeURI encodeURIComponent
  Object Function Boolean Symbol Number BigInt Math Date String RegExp JSON Reflect Proxy Intl
  Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError
  SuppressedError DisposableStack AsyncDisposableStack
  Array Map Set WeakMap WeakSet WeakRef FinalizationRegistry Iterator Promise
  ArrayBuffer SharedArrayBuffer DataView Atomics
  Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array
  BigInt64Array BigUint64Array Float16Array Float32Array Float64Array
  WebAssembly console performance`.split(/\s+/),
);

/** Names no cell can define, so they stay direct whatever else is redefined. */
export const constants: ReadonlySet<string> = new Set(["undefined", "NaN", "Infinity"]);
