export type DeliverActivities = ReturnType<typeof deliverActivities>;

export const deliverActivities = () => ({
  /**
   * What cases of release 0.1 ask for when a step has told somebody. Since the post sends what is queued (post.ts), nothing is left to be done here; the activity stays as long as a history
   * that has asked for it may still go on.
   */
  async deliver(_ids: readonly string[]): Promise<void> {},
});
