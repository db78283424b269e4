'use client';

import { Button, Progress } from '@mantine/core';
import { IconCheck, IconUpload } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { uploadFile } from '@/artifacts/upload';
import { Digest } from '@/design/Digest';

interface Props {
  label: string;
  /** Where the file comes from, what is known of it. */
  about?: ReactNode;
  accept?: string;
  /** Of the file that is there. */
  digest: string | undefined;
  error?: string | undefined;
  uploaded: (digest: string, fileName: string) => void;
  /** Chosen elsewhere, to be sent now. */
  given?: File | undefined;
  /** What was found in the file. */
  children?: ReactNode;
}

/** A file of a config: chosen, sent in parts, known by its SHA-256. */
export function FileField({ label, about, accept, digest, error, uploaded, given, children }: Props) {
  const [share, setShare] = useState<number>();
  const [failed, setFailed] = useState<string>();
  const [fileName, setFileName] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  const sending = useRef<AbortController>(undefined);
  const id = useId();
  useEffect(() => () => sending.current?.abort(), []);

  const send = async (file: File): Promise<void> => {
    sending.current?.abort();
    const abort = new AbortController();
    sending.current = abort;
    setFailed(undefined);
    setShare(0);
    try {
      const sha256 = await uploadFile(file, setShare, abort.signal);
      setFileName(file.name);
      uploaded(sha256, file.name);
    } catch (problem) {
      if (!abort.signal.aborted) setFailed((problem as Error).message);
    } finally {
      if (sending.current === abort) setShare(undefined);
    }
  };

  const sendLatest = useRef(send);
  useEffect(() => {
    sendLatest.current = send;
  });
  useEffect(() => {
    if (given) void sendLatest.current(given);
  }, [given]);

  const said = failed ?? error;
  return (
    <div className="panel stack" style={{ gap: 8, padding: 12, background: 'transparent' }}>
      <div className="row spread" style={{ flexWrap: 'nowrap', alignItems: 'flex-start' }}>
        <div style={{ minWidth: 0 }}>
          <div id={id} style={{ fontWeight: 570, overflowWrap: 'anywhere' }}>
            {label}
          </div>
          {digest !== undefined && (
            <div className="row muted" style={{ gap: 6, fontSize: 12.5 }}>
              <IconCheck size={14} stroke={2} aria-hidden="true" style={{ color: 'var(--right)' }} />
              {fileName && <span className="truncate">{fileName}</span>} <Digest value={digest} />
            </div>
          )}
          {about && (
            <div className="muted" style={{ fontSize: 12.5, overflowWrap: 'anywhere' }}>
              {about}
            </div>
          )}
        </div>
        <Button
          size="xs"
          variant="default"
          aria-describedby={id}
          leftSection={<IconUpload size={14} stroke={1.75} aria-hidden="true" />}
          onClick={() => input.current?.click()}
        >
          {digest === undefined ? 'Choose' : 'Replace'}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          accept={accept}
          aria-label={label}
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            event.currentTarget.value = '';
            if (file) void send(file);
          }}
        />
      </div>
      {share !== undefined && <Progress value={share * 100} aria-label={`Upload, ${Math.round(share * 100)} %`} />}
      {said !== undefined && (
        <p role="alert" style={{ margin: 0, fontSize: 13, color: 'var(--mantine-color-error)' }}>
          {said}
        </p>
      )}
      {children}
    </div>
  );
}
