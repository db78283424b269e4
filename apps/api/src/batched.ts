import DataLoader from 'dataloader';
import type { Context } from './context.ts';

/**
 * Reads for one row at a time what is read for many by one statement: the keys that one request asks for in one tick.
 * Nothing is kept: the context of a subscription lives for hours.
 * @param read gives a value for each key, in their order
 */
export function batched<Key, Value>(
  read: (context: Context, keys: readonly Key[]) => Promise<Value[]>,
): (context: Context, key: Key) => Promise<Value> {
  const loaders = new WeakMap<Context, DataLoader<Key, Value>>();
  return (context, key) => {
    const loader = loaders.get(context) ?? new DataLoader<Key, Value>((keys) => read(context, keys), { cache: false });
    loaders.set(context, loader);
    return loader.load(key);
  };
}
