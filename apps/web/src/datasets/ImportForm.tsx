'use client';

import { Button, NativeSelect, Progress, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ProblemNote } from '@/design/ProblemNote';
import type { DatasetFormat, ImportStateFragment, ProblemFragment } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { ImportDataset } from './documents';
import { guessFormat, packFolder, upload, UploadRefused } from './upload';

const FORMATS: { value: DatasetFormat; label: string; hint: string }[] = [
  {
    value: 'FER_CSV',
    label: 'FER-2013 CSV',
    hint: 'fer2013.csv or icml_face_data.csv: columns emotion, pixels, Usage; may be gzipped.',
  },
  {
    value: 'IMAGE_FOLDER',
    label: 'Folder of images by class',
    hint: 'class/image or split/class/image, in a zip, tar or tar.gz.',
  },
  {
    value: 'IMAGE_MANIFEST',
    label: 'Images with a CSV',
    hint: 'An archive with images and one CSV of file, label and optionally split.',
  },
];

interface Source {
  file: Blob;
  name: string;
}

/** Choose, upload, import. */
export function ImportForm({
  projectId,
  started,
  wanted,
}: {
  projectId: string;
  started: (state: ImportStateFragment) => void;
  /** What it is to be called, where that is known. */
  wanted?: { dataset: string; version: string };
}) {
  const [source, setSource] = useState<Source>();
  const [format, setFormat] = useState<DatasetFormat>('FER_CSV');
  const [dataset, setDataset] = useState(wanted?.dataset ?? '');
  const [version, setVersion] = useState(wanted?.version ?? '');
  const [sent, setSent] = useState<number>();
  const [problem, setProblem] = useState<ProblemFragment>();

  const choose = async (files: FileList | null, folder: boolean): Promise<void> => {
    const first = files?.[0];
    if (!first) return;
    const chosen = folder
      ? await packFolder([...files])
      : { file: first, name: first.name, format: guessFormat(first.name) };
    setSource(chosen);
    setFormat(chosen.format);
    setProblem(undefined);
    const bare = chosen.name.replace(/(\.tar)?\.[a-z]+$/i, '');
    if (dataset === '') setDataset(bare);
    if (version === '') setVersion(new Date().toISOString().slice(0, 10));
  };

  const submit = async (): Promise<void> => {
    if (!source) return;
    setProblem(undefined);
    setSent(0);
    try {
      const { digest } = await upload(source.file, setSent);
      const input = { projectId, dataset, version, format, fileName: source.name, uploadDigest: digest };
      const { data, error } = await browserClient().mutation(ImportDataset, { input }).toPromise();
      const result = data?.importDataset;
      if (result?.__typename === 'ImportDatasetPayload') started(result.datasetImport);
      else setProblem(result?.problems[0] ?? new UploadRefused(error?.message ?? 'No answer came.').problem);
    } catch (error) {
      if (!(error instanceof UploadRefused)) throw error;
      setProblem(error.problem);
    } finally {
      setSent(undefined);
    }
  };

  return (
    <form
      className="panel stack"
      style={{ gap: 14, maxWidth: 640 }}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className="row" style={{ alignItems: 'flex-end' }}>
        <label>
          <span style={{ display: 'block', fontWeight: 550, marginBottom: 4 }}>File</span>
          <input
            type="file"
            accept=".csv,.gz,.zip,.tar,.tgz"
            onChange={(event) => void choose(event.currentTarget.files, false)}
          />
        </label>
        <label>
          <span style={{ display: 'block', fontWeight: 550, marginBottom: 4 }}>or a folder</span>
          {/* Chosen as a folder, packed in the browser. */}
          <input
            type="file"
            {...{ webkitdirectory: '' }}
            onChange={(event) => void choose(event.currentTarget.files, true)}
          />
        </label>
      </div>
      <NativeSelect
        label="Format"
        description={FORMATS.find((f) => f.value === format)?.hint}
        value={format}
        onChange={(event) => setFormat(event.currentTarget.value as DatasetFormat)}
        data={FORMATS.map(({ value, label }) => ({ value, label }))}
      />
      <TextInput
        label="Dataset"
        description="Made if there is none of this name."
        required
        value={dataset}
        onChange={(event) => setDataset(event.currentTarget.value)}
        readOnly={wanted !== undefined}
        maxLength={120}
      />
      <TextInput
        label="Version"
        description="Unique within the dataset, such as 'original'."
        required
        value={version}
        onChange={(event) => setVersion(event.currentTarget.value)}
        readOnly={wanted !== undefined}
        maxLength={120}
      />
      {problem && <ProblemNote title="The import was not started" problem={problem} />}
      {sent !== undefined && <Progress value={sent * 100} aria-label={`Upload, ${Math.round(sent * 100)} %`} />}
      <Button type="submit" disabled={!source} loading={sent !== undefined} style={{ alignSelf: 'flex-start' }}>
        Upload and import
      </Button>
    </form>
  );
}
