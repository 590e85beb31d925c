/** Waits for a state, never for a time; gives up after ten seconds unless told otherwise. */
export async function until(reached: () => Promise<boolean>, otherwise: string, withinMs = 10_000): Promise<void> {
  const giveUpAt = Date.now() + withinMs;
  while (!(await reached())) {
    if (Date.now() > giveUpAt) throw new Error(otherwise);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
