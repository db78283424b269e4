/** A copy that lacks one of its members. */
export const without = <T extends object, K extends keyof T>(from: T, key: K): Omit<T, K> =>
  Object.fromEntries(Object.entries(from).filter(([name]) => name !== key)) as Omit<T, K>;
