/** Resolves once the page has drawn what was just set, or after a moment in a tab that draws nothing. */
export function rendered(): Promise<void> {
  return new Promise((resolve) => {
    // Frames stop in a hidden tab; the kernel must not wait for somebody to look.
    const timer = setTimeout(resolve, HIDDEN_MS);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

const HIDDEN_MS = 200;
