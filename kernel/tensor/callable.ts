/** Classes that are made without `new`, as PyTorch's layers and optimisers are. */

type AnyClass = abstract new (...args: never[]) => object;

/** The `forward` of classes that are the engine's own, where nobody else's code runs. */
const ours = new WeakSet<object>();

export function isOurs(forward: object): boolean {
  return ours.has(forward);
}

/** The call that makes an instance, as `new` does. */
type Call<C extends AnyClass> = (...args: ConstructorParameters<C>) => InstanceType<C>;

/**
 * Called or constructed, it makes an instance; `extends` and `instanceof` work as with the class. The
 * call of a class that has type parameters has to be spelled out: they would be lost.
 */
export function callable<C extends AnyClass, F = Call<C>>(target: C): C & F {
  const make = function (...args: unknown[]): unknown {
    return Reflect.construct(target, args, new.target ?? make);
  };
  const { forward }: { forward?: unknown } = target.prototype;
  if (typeof forward === "function") ours.add(forward);
  Object.setPrototypeOf(make, target);
  Object.defineProperty(make, "name", { value: target.name });
  Object.defineProperty(make, "prototype", { value: target.prototype, writable: false });
  Object.defineProperty(target.prototype, "constructor", { value: make });
  // A plain function has neither the class's construct signature nor its statics in its type; the
  // lines above gave it both.
  return make as unknown as C & F;
}
