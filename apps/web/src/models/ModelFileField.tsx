'use client';

import { useState } from 'react';
import type { GraphFactsFragment, InspectModelFileQuery, PresetCardFragment } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { FileField } from '@/uploads/FileField';
import type { FileOfDraft } from './files-of-draft';
import { Ports } from './ModelFiles';
import { InspectModelFile } from './new-model.documents';

export type InspectedFile = NonNullable<
  Extract<InspectModelFileQuery['node'], { __typename: 'Project' }>['inspectModelFile']
>;

interface Props {
  projectId: string;
  file: FileOfDraft;
  /** What a preset says of it. */
  preset: PresetCardFragment['files'][number] | undefined;
  error: string | undefined;
  given: File | undefined;
  inspected: (digest: string, found: InspectedFile | undefined) => void;
}

/** A file of a model: it is sent, and looked into at once. */
export function ModelFileField({ projectId, file, preset, error, given, inspected }: Props) {
  const [graph, setGraph] = useState<GraphFactsFragment>();
  const [problem, setProblem] = useState<string>();

  const look = async (digest: string): Promise<void> => {
    setGraph(undefined);
    setProblem(differs(preset?.sha256, digest));
    if (/\.(json|txt|onnx_data)$/i.test(file.name)) {
      inspected(digest, undefined);
      return;
    }
    const { data } = await browserClient().query(InspectModelFile, { projectId, digest }).toPromise();
    const found = data?.node?.__typename === 'Project' ? (data.node.inspectModelFile ?? undefined) : undefined;
    setGraph(found?.graph ?? undefined);
    if (found?.problem) setProblem([found.problem.message, found.problem.mend].filter(Boolean).join(' '));
    inspected(digest, found);
  };

  return (
    <FileField
      label={file.name}
      digest={file.digest}
      error={error ?? problem}
      given={given}
      about={preset && <PresetFileNote file={preset} />}
      uploaded={(digest) => void look(digest)}
    >
      {graph && <Ports graph={graph} />}
    </FileField>
  );
}

const differs = (published: string | null | undefined, digest: string): string | undefined =>
  published == null || published === digest
    ? undefined
    : `Its SHA-256 is not the one that its publisher tells, ${published.slice(0, 12)}…: it is another file.`;

function PresetFileNote({ file }: { file: PresetCardFragment['files'][number] }) {
  if (file.url == null) return 'Yours: nobody publishes it in this form.';
  return (
    <>
      Download it from{' '}
      <a href={file.url} target="_blank" rel="noreferrer">
        {new URL(file.url).host}
      </a>
      , then choose it here.
    </>
  );
}
