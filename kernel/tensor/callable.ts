/** Classes that are made without `new`, as PyTorch's layers and optimisers are. */

type AnyClass = abstract new (...args: never[]) => object;

/** Called or constructed, it makes an instance; `extends` and `instanceof` work as with the class. */
export type Callable<C extends AnyClass> = C &
  ((...args: ConstructorParameters<C>) => InstanceType<C>);

export function callable<C extends AnyClass>(target: C): Callable<C> {
  const make = function (...args: unknown[]): unknown {
    return Reflect.construct(target, args, new.target ?? make);
  };
  Object.setPrototypeOf(make, target);
  Object.defineProperty(make, "name", { value: target.name });
  Object.defineProperty(make, "prototype", { value: target.prototype, writable: false });
  Object.defineProperty(target.prototype, "constructor", { value: make });
  // A plain function has neither the class's construct signature nor its statics in its type; the
  // lines above gave it both.
  return make as unknown as Callable<C>;
}
