import { bareId } from '@/design/format';

/** A run's name and number; where there is no room the name is cut, never the number, which tells namesakes apart. */
export function NumberedName({ id, name }: { id: string; name: string }) {
  return (
    <>
      <span className="truncate">{name}</span> <span style={{ flex: 'none' }}>#{bareId(id)}</span>
    </>
  );
}
