/** What the worker was opened with: `?form=jit&shared=no`. */
export const options = new URL(self.location.href).searchParams;
