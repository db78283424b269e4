'use client';

import { IconCheck } from '@tabler/icons-react';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { ImportChanged } from '@/datasets/documents';
import { ImportForm } from '@/datasets/ImportForm';
import { ImportProgress } from '@/datasets/ImportProgress';
import { bareId, count } from '@/design/format';
import type { ImportStateFragment, StudyStateFragment } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';

interface Props {
  projectId: string;
  study: StudyStateFragment;
  /** It may be there now. */
  changed: () => void;
}

/** The samples of a study: where they are, or how they come here. */
export function StudyDataset({ projectId, study, changed }: Props) {
  const [state, setState] = useState<ImportStateFragment>();
  const open = state?.status === 'QUEUED' || state?.status === 'RUNNING' ? state.id : undefined;
  useEffect(() => {
    if (open === undefined) return undefined;
    const following = browserClient()
      .subscription(ImportChanged, { importId: open })
      .subscribe(({ data }) => {
        if (!data) return;
        setState(data.importChanged);
        if (data.importChanged.status === 'FINISHED') changed();
      });
    return () => following.unsubscribe();
  }, [open, changed]);

  const { dataset, version, split, datasetVersion } = study;
  if (datasetVersion) {
    return (
      <p className="row" style={{ margin: 0, gap: 8, flexWrap: 'nowrap', alignItems: 'flex-start' }}>
        <IconCheck
          size={16}
          stroke={2}
          aria-hidden="true"
          style={{ color: 'var(--right)', flex: 'none', marginTop: 3 }}
        />
        <span>
          <Link href={`/datasets/${bareId(datasetVersion.id)}`}>
            {dataset}, {version}
          </Link>
          , {count(datasetVersion.sampleCount)} samples; tested on {split ? `its split ${split.toLowerCase()}` : 'all'}.
        </span>
      </p>
    );
  }
  return (
    <div className="stack" style={{ gap: 12 }}>
      <p style={{ margin: 0 }}>
        The project does not have <strong>{dataset}</strong>, version <strong>{version}</strong>, yet. Choose its file
        here, as you would name it to the command with <code>--data</code>.
      </p>
      {state && <ImportProgress state={state} />}
      {open === undefined && (
        <ImportForm projectId={projectId} mayHide={false} started={setState} wanted={{ dataset, version }} />
      )}
    </div>
  );
}
