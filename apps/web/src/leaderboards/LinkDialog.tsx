'use client';

import { Button, Modal, NativeSelect, PasswordInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useForm } from '@/design/use-form';
import type { SharedAt } from './EmbedCode';
import { CreateLink } from './sharing.graphql';

interface Props {
  snapshotId: string;
  made: (shared: SharedAt) => void;
  close: () => void;
}

const DAY = 86_400_000;
const LASTS = [
  { value: '', label: 'until it is revoked' },
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '365', label: 'a year' },
];

/** Makes an address at which a snapshot is read without a login. */
export function LinkDialog({ snapshotId, made, close }: Props) {
  const router = useRouter();
  const form = useForm({
    document: CreateLink,
    variables: (field) => ({
      input: {
        snapshotId,
        ...(field('days') !== '' && { expiresAt: new Date(Date.now() + Number(field('days')) * DAY).toISOString() }),
        ...(field('password') !== '' && { password: field('password') }),
      },
    }),
    done: ({ path, badgePath }) => {
      made({ origin: window.location.origin, path, badgePath });
      router.refresh();
    },
  });
  return (
    <Modal opened onClose={close} title="Share the snapshot">
      <form onSubmit={form.onSubmit} className="stack" style={{ gap: 14 }}>
        <p style={{ margin: 0 }}>Whoever has the link reads this snapshot without a login, and nothing else.</p>
        <NativeSelect name="days" label="It lasts" data={LASTS} error={form.at('input.expiresAt')} data-autofocus />
        <PasswordInput
          name="password"
          label="Password"
          description="None unless given; 8 to 200 characters."
          autoComplete="new-password"
          error={form.at('input.password')}
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
        />
        {form.elsewhere(['input.expiresAt', 'input.password']) !== undefined && (
          <p role="alert" style={{ margin: 0, color: 'var(--mantine-color-error)' }}>
            {form.elsewhere(['input.expiresAt', 'input.password'])}
          </p>
        )}
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={form.busy}>
            Make the link
          </Button>
        </div>
      </form>
    </Modal>
  );
}
