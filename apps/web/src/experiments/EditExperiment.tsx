'use client';

import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ProblemNote } from '@/design/ProblemNote';
import type { ProblemFragment } from '@/generated/graphql';
import { browserClient } from '@/graphql/browser';
import { UpdateExperiment } from './documents';
import { unanswered } from './unanswered';

interface Props {
  experiment: { id: string; name: string; description: string };
}

/** Another name, or another wording of the question; what the experiment runs on stays. */
export function EditExperiment({ experiment }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPencil size={14} aria-hidden="true" />}
        onClick={() => setIsOpen(true)}
      >
        Edit
      </Button>
      {isOpen && <Dialog experiment={experiment} close={() => setIsOpen(false)} />}
    </>
  );
}

function Dialog({ experiment, close }: Props & { close: () => void }) {
  const router = useRouter();
  const [name, setName] = useState(experiment.name);
  const [description, setDescription] = useState(experiment.description);
  const [problem, setProblem] = useState<ProblemFragment>();
  const [isSaving, setIsSaving] = useState(false);
  const save = async (): Promise<void> => {
    setIsSaving(true);
    const input = { experimentId: experiment.id, name, description };
    const { data, error } = await browserClient().mutation(UpdateExperiment, { input }).toPromise();
    setIsSaving(false);
    const result = data?.updateExperiment;
    if (result?.__typename !== 'UpdateExperimentPayload') {
      setProblem(result?.problems[0] ?? unanswered(error?.message));
      return;
    }
    close();
    router.refresh();
  };
  return (
    <Modal opened onClose={close} title="Edit the experiment">
      <form
        className="stack"
        style={{ gap: 14 }}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextInput
          label="Name"
          data-autofocus
          required
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          label="Question"
          description="What shall the runs answer?"
          autosize
          minRows={2}
          maxRows={8}
          maxLength={20_000}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        {problem && <ProblemNote title="The experiment was not changed" problem={problem} />}
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={isSaving} disabled={name.trim() === ''}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}
