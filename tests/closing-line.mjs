/** A Vitest reporter that ends a run with the one line CI reads: `N passed, N failed, N skipped`. */
export default class ClosingLine {
  onTestRunEnd(modules, unhandledErrors) {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) count[test.result().state] += 1;
      // A file that fails outside its tests (a syntax error, a failing hook) fails as one.
      if (module.state() === "failed" && module.errors().length > 0) count.failed += 1;
    }
    // A test that never reported a result did not pass.
    const failed = count.failed + count.pending + unhandledErrors.length;
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : "";
    process.on("exit", () => console.log(`\n${count.passed} passed, ${failed} failed${skipped}`));
  }
}
