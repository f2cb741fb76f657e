/** What the variables of the generated code are called: never like one of the cell's own. */

/** The variable that holds the box of a name. Messages of engines spell it: see `frames.ts`. */
export type Alias = (name: string) => string;

/** `x` -> `$x$`, with more dollars in front while that is one of `taken`. */
export function aliasesAvoiding(taken: ReadonlySet<string>): Alias {
  return (name) => {
    let alias = `$${name}$`;
    while (taken.has(alias)) alias = `$${alias}`;
    return alias;
  };
}

/** `name`, with underscores behind it while it is one of `taken`. */
export function nameAvoiding(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  while (taken.has(free)) free += "_";
  return free;
}
