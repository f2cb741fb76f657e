/** A writer of WebAssembly: modules, functions and their instructions, typed. */
export { type Callee, FunctionBody } from "./function.ts";
export { MOST_PAGES, ModuleWriter } from "./module.ts";
export { f32, f64, i32, select } from "./scalar.ts";
export { type I32, Local, type V128, Value } from "./value.ts";
export { f32x4, f64x2, i16x8, i32x4, i8x16, relaxed, v128 } from "./vector.ts";
