'use client';

import { Badge } from '@mantine/core';
import Link from 'next/link';
import { useState } from 'react';
import { bareId } from '@/design/format';
import { ProblemNote } from '@/design/ProblemNote';
import type { ProblemFragment, StudyFileFragment } from '@/generated/graphql';
import { FileField } from '@/uploads/FileField';
import { isBare, registerPart, type ChosenRecipe, type StudyPart } from './register-part';
import styles from './Studies.module.css';

interface Props {
  projectId: string;
  chosen: ChosenRecipe;
  part: StudyPart;
  /** It is registered now. */
  changed: () => void;
}

/** A model or restoration of a study: there, or missing, with what to get and where to put it. */
export function PartRow({ projectId, chosen, part, changed }: Props) {
  const [digests, setDigests] = useState<ReadonlyMap<string, string>>(new Map());
  const [problems, setProblems] = useState<readonly ProblemFragment[]>([]);
  const { name, config, get, files } = part;
  const isModel = part.__typename === 'StudyModel';
  const missing = !config && !isBare(part);

  const uploaded = async (place: string, digest: string): Promise<void> => {
    const next = new Map(digests).set(place, digest);
    setDigests(next);
    if (files.some((file) => !next.has(file.place))) return;
    const found = await registerPart(projectId, chosen, part, next);
    setProblems(found);
    if (found.length === 0) changed();
  };

  return (
    <li className={styles.part}>
      <div className="row spread">
        {config ? (
          <Link href={`/${isModel ? 'models' : 'restorations'}/${bareId(config.id)}`}>{name}</Link>
        ) : (
          <strong style={{ fontWeight: 570 }}>{name}</strong>
        )}
        <Badge variant="light" color={missing ? 'gray' : 'teal'} radius="sm" tt="none">
          {missing ? 'missing' : 'there'}
        </Badge>
      </div>
      {missing && (
        <details className={styles.missing}>
          <summary>What it needs</summary>
          {get && <pre className={styles.get}>{get.trim()}</pre>}
          {isModel && part.folder ? (
            <p style={{ margin: 0 }}>
              It is a folder of files.{' '}
              {part.preset ? (
                <>
                  <Link href={`/models/new?project=${bareId(projectId)}&preset=${part.preset}`}>Register it</Link> under
                  the name ‘{name}’
                </>
              ) : (
                'Register it'
              )}
              , or let the command send it: <code>samplewise study … --models models</code>.
            </p>
          ) : (
            files.map((file) => (
              <FileField
                key={file.place}
                label={file.path}
                digest={digests.get(file.place)}
                about={<Source file={file} />}
                uploaded={(digest) => void uploaded(file.place, digest)}
              />
            ))
          )}
          {problems.map((problem) => (
            <ProblemNote key={`${problem.place} ${problem.message}`} title="It was not registered" problem={problem} />
          ))}
        </details>
      )}
    </li>
  );
}

function Source({ file: { path, url } }: { file: StudyFileFragment }) {
  return (
    <>
      {url == null ? (
        'Yours: nobody publishes it in this form.'
      ) : (
        <>
          Download it from{' '}
          <a href={url} target="_blank" rel="noreferrer">
            {new URL(url).host}
          </a>
          .
        </>
      )}{' '}
      Choose it here; the command looks for it at <code>models/{path}</code>.
    </>
  );
}
