import Link from 'next/link';
import { bareId, count } from '@/design/format';
import type { SampleImageFragment } from '@/generated/graphql';
import { labelWords } from './label';
import { Thumbnail } from './Thumbnail';

interface Props {
  sample: SampleImageFragment;
  /** Above its class. */
  note?: string;
  /** Whether the note, or the class, is a doubt. */
  doubtful?: { note?: boolean; label?: boolean };
}

/** A sample among others that look like it: its picture and what is known of it, which is also the name of the link. */
export function PictureLink({ sample, note, doubtful = {} }: Props) {
  const { id, index, label, split, image } = sample;
  return (
    <Link
      href={`/samples/${bareId(id)}`}
      prefetch={false}
      style={{ color: 'inherit', fontSize: 12, lineHeight: '17px', display: 'block' }}
    >
      <Thumbnail url={image.url} />
      {note !== undefined && (
        <span className="truncate" style={{ color: doubtful.note ? 'var(--wrong)' : undefined }}>
          {note}
        </span>
      )}{' '}
      <span className="truncate" style={{ color: doubtful.label ? 'var(--wrong)' : undefined }}>
        {labelWords(label)}
      </span>{' '}
      <span className="truncate muted">{split.toLowerCase()}</span>{' '}
      <span className="truncate muted">#{count(index)}</span>
    </Link>
  );
}
