'use client';

import { Button, UnstyledButton } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Picture } from './use-trial';
import styles from './Trial.module.css';

interface Props {
  chosen: Picture | undefined;
  samples: readonly Picture[];
  choose: (picture: Picture) => void;
}

const TYPES = 'image/png,image/jpeg,image/webp';

/** A picture by file, drop or paste, or one of the project's own. */
export function PictureChoice({ chosen, samples, choose }: Props) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const made = useRef<string>(undefined);
  const take = (files: FileList | null | undefined): void => {
    const file = files?.[0];
    if (!file) return;
    if (made.current !== undefined) URL.revokeObjectURL(made.current);
    made.current = URL.createObjectURL(file);
    choose({ name: file.name, url: made.current, file });
  };
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => latest.current(event.clipboardData?.files);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('paste', paste);
      if (made.current !== undefined) URL.revokeObjectURL(made.current);
    };
  }, []);

  return (
    <div
      className={styles.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <div className="row" style={{ justifyContent: 'center' }}>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPhoto size={15} stroke={1.75} aria-hidden="true" />}
          onClick={() => input.current?.click()}
        >
          {chosen ? 'Choose another picture' : 'Choose a picture'}
        </Button>
        <span className="muted" style={{ fontSize: 13 }}>
          or drop it here, or paste it
        </span>
      </div>
      <input
        ref={input}
        type="file"
        accept={TYPES}
        hidden
        aria-label="Picture"
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      {samples.length > 0 && (
        <div>
          <div className="muted" style={{ fontSize: 12.5, marginBottom: 6 }}>
            or one of your samples
          </div>
          <div className={styles.samples} role="group" aria-label="Samples">
            {samples.map((sample) => (
              <UnstyledButton
                key={sample.digest}
                aria-label={`Try ${sample.name}`}
                aria-pressed={sample.digest === chosen?.digest}
                onClick={() => choose(sample)}
              >
                <img src={sample.url} alt="" />
              </UnstyledButton>
            ))}
          </div>
        </div>
      )}
    </div>
  );
}
