import 'server-only';
import type { ViewerFieldsFragment } from '@/generated/graphql';
import { readOnServer } from '@/graphql/server';
import { WhoIsHere } from './viewer.graphql';

export type Viewer = ViewerFieldsFragment;

/** Who has opened the page; undefined where the API does not answer: the page itself says so. */
export async function readViewer(): Promise<Viewer | undefined> {
  try {
    return (await readOnServer(WhoIsHere, {})).viewer;
  } catch {
    return undefined;
  }
}
