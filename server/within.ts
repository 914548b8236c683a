/** What comes of `work`, or `otherwise` when that takes longer than `ms`; the work goes on. */
export async function within<T>(ms: number, work: Promise<T>, otherwise: T): Promise<T> {
  const { promise: waited, resolve } = Promise.withResolvers<T>();
  const timer = setTimeout(() => resolve(otherwise), ms);
  return Promise.race([work, waited]).finally(() => clearTimeout(timer));
}
