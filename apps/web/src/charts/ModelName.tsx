import Link from 'next/link';
import { bareId } from '@/design/format';
import { placeOf } from './palette';
import { Swatch } from './Swatch';

interface Props {
  model: { id: string; name: string; version: number };
}

/** A model's name, which leads to it, beside the colour that it has in every chart. */
export function ModelName({ model: { id, name, version } }: Props) {
  return (
    <Link
      href={`/models/${bareId(id)}`}
      prefetch={false}
      tabIndex={-1}
      title={name}
      style={{ color: 'inherit', display: 'inline-flex', gap: 6, alignItems: 'center', minWidth: 0 }}
    >
      <Swatch place={placeOf(id)} />
      <span className="truncate">
        {name}
        {version > 1 && <span className="muted"> v{version}</span>}
      </span>
    </Link>
  );
}
