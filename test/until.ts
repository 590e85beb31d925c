/** Waits for a state, never for a time; gives up after ten seconds. */
export async function until(reached: () => Promise<boolean>, otherwise: string): Promise<void> {
  const giveUpAt = Date.now() + 10_000;
  while (!(await reached())) {
    if (Date.now() > giveUpAt) throw new Error(otherwise);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
