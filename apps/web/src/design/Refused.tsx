import { Alert } from '@mantine/core';

/** Why a form was not taken; nothing where it was. */
export function Refused({ children }: { children: string | undefined }) {
  if (children === undefined) return null;
  return (
    <Alert color="red" role="alert">
      {children}
    </Alert>
  );
}
