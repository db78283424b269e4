'use client';

import { Button, NativeSelect, Progress, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { uploadFile } from '@/artifacts/upload';
import { ProblemNote } from '@/design/ProblemNote';
import type { DatasetFormat, ImportStateFragment, ProblemFragment, Split } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { ImportDataset } from './documents';
import { FORMATS } from './formats';
import { HiddenSplits } from './HiddenSplits';
import styles from './Import.module.css';
import { SourceField } from './SourceField';
import { guessFormat, packFolder, UploadRefused } from './upload';

interface Props {
  projectId: string;
  /** Whether the person may decide that labels are hidden. */
  mayHide: boolean;
  started: (state: ImportStateFragment) => void;
  /** What it is to be called, where that is known. */
  wanted?: { dataset: string; version: string };
}

/** Choose, upload, import. */
export function ImportForm({ projectId, mayHide, started, wanted }: Props) {
  const [source, setSource] = useState<{ name: string; file: File }>();
  const [format, setFormat] = useState<DatasetFormat>('FER_CSV');
  const [dataset, setDataset] = useState(wanted?.dataset ?? '');
  const [version, setVersion] = useState(wanted?.version ?? '');
  const [hiddenSplits, setHiddenSplits] = useState<Split[]>([]);
  const [sent, setSent] = useState<number>();
  const [problem, setProblem] = useState<ProblemFragment>();
  const sending = useRef<AbortController>(undefined);
  useEffect(() => () => sending.current?.abort(), []);

  const choose = async (files: readonly File[], folder: boolean): Promise<void> => {
    const [first] = files;
    if (!first) return;
    const chosen = folder
      ? await packFolder(files)
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
    const abort = new AbortController();
    sending.current = abort;
    setProblem(undefined);
    setSent(0);
    try {
      const uploadDigest = await uploadFile(source.file, setSent, abort.signal);
      const input = { projectId, dataset, version, format, fileName: source.name, uploadDigest, hiddenSplits };
      const { data, error } = await browserClient().mutation(ImportDataset, { input }).toPromise();
      const result = data?.importDataset;
      if (result?.__typename === 'ImportDatasetPayload') started(result.datasetImport);
      else setProblem(result?.problems[0] ?? new UploadRefused(error?.message ?? 'No answer came.').problem);
    } catch (error) {
      if (!abort.signal.aborted) setProblem(new UploadRefused((error as Error).message).problem);
    } finally {
      setSent(undefined);
    }
  };

  return (
    <form
      className="panel stack"
      style={{ gap: 16 }}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <SourceField source={source} choose={(files, folder) => void choose(files, folder)} />
      <NativeSelect
        label="Format"
        description={FORMATS.find((f) => f.value === format)?.about}
        value={format}
        onChange={(event) => setFormat(event.currentTarget.value as DatasetFormat)}
        data={FORMATS.map(({ value, label }) => ({ value, label }))}
      />
      <div className={styles.names}>
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
      </div>
      {mayHide && <HiddenSplits chosen={hiddenSplits} choose={setHiddenSplits} />}
      {problem && <ProblemNote title="The import was not started" problem={problem} />}
      {sent !== undefined && <Progress value={sent * 100} aria-label={`Upload, ${Math.round(sent * 100)} %`} />}
      <div className="row" style={{ gap: 12 }}>
        <Button type="submit" disabled={!source} loading={sent !== undefined}>
          Upload and import
        </Button>
        {sent !== undefined && (
          <Button variant="subtle" onClick={() => sending.current?.abort()}>
            Cancel
          </Button>
        )}
        {!source && (
          <span className="muted" style={{ fontSize: 13 }}>
            Choose a file or a folder first.
          </span>
        )}
      </div>
    </form>
  );
}
