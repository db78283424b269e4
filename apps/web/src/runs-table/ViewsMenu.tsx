'use client';

import { Button, Menu } from '@mantine/core';
import { IconCheck, IconChevronDown, IconLock, IconStarFilled, IconTable } from '@tabler/icons-react';
import { useState } from 'react';
import { bareId } from '@/design/format';
import { tellDone, tellProblem } from '@/design/tell';
import type { RunsViewFragment } from '@/generated/graphql';
import { keptOf, type Views } from './use-views';
import type { TableView } from './view';
import { ViewDialog } from './ViewDialog';

interface Props {
  views: Views;
  saved: RunsViewFragment | undefined;
  view: TableView;
  /** Something was changed since the view was saved. */
  isChanged: boolean;
  mayWrite: boolean;
  /** @param id bare; undefined: no view */
  show: (id: string | undefined) => void;
}

/** Saved views: to choose one, and to keep what was changed. */
export function ViewsMenu({ views, saved, view, isChanged, mayWrite, show }: Props) {
  const [dialog, setDialog] = useState<'create' | 'rename'>();
  const update = async (change: Parameters<Views['update']>[1], done: string): Promise<void> => {
    const problem = await views.update(saved!, change);
    if (problem) tellProblem('The view was not changed', problem);
    else tellDone(done);
    // What the address says beside the view is in the view now.
    if (!problem) show(bareId(saved!.id));
  };
  return (
    <>
      <Menu position="bottom-start" width={270} shadow="md">
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconTable size={15} stroke={1.75} aria-hidden="true" />}
            rightSection={<IconChevronDown size={13} aria-hidden="true" />}
            style={{ maxWidth: 240 }}
            title={isChanged ? 'The view has changes that are not saved' : undefined}
          >
            <span className="truncate">
              {saved?.name ?? 'All runs'}
              {isChanged && (
                <>
                  <span aria-hidden="true"> •</span>
                  <span className="visually-hidden"> (changed)</span>
                </>
              )}
            </span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown style={{ maxHeight: 420, overflow: 'auto' }}>
          <Menu.Label>Views</Menu.Label>
          <ViewItem name="All runs" isShown={!saved} onClick={() => show(undefined)} />
          {views.views.map((one) => (
            <ViewItem
              key={one.id}
              name={one.name}
              isShown={one.id === saved?.id}
              isDefault={one.isDefault}
              isOwn={!one.shared}
              onClick={() => show(bareId(one.id))}
            />
          ))}
          {mayWrite && (
            <>
              <Menu.Divider />
              {saved && isChanged && (
                <Menu.Item onClick={() => void update(keptOf(view), `The view ${saved.name} is saved.`)}>
                  Save changes
                </Menu.Item>
              )}
              {isChanged && <Menu.Item onClick={() => show(saved && bareId(saved.id))}>Drop changes</Menu.Item>}
              <Menu.Item onClick={() => setDialog('create')}>Save as a new view…</Menu.Item>
              {saved && (
                <>
                  <Menu.Item onClick={() => setDialog('rename')}>Rename…</Menu.Item>
                  {saved.shared && (
                    <Menu.Item
                      onClick={() =>
                        void update(
                          { isDefault: !saved.isDefault },
                          saved.isDefault ? 'Tables open with all runs again.' : `Tables open with ${saved.name} now.`,
                        )
                      }
                    >
                      {saved.isDefault ? 'No longer the default' : 'Make it the default of the project'}
                    </Menu.Item>
                  )}
                  <Menu.Item
                    onClick={() =>
                      void update(
                        { shared: !saved.shared },
                        saved.shared ? 'The view is for you alone now.' : 'Everybody in the project sees the view now.',
                      )
                    }
                  >
                    {saved.shared ? 'Keep it for me alone' : 'Share it'}
                  </Menu.Item>
                  <Menu.Item color="red" onClick={() => void views.remove(saved)}>
                    Delete
                  </Menu.Item>
                </>
              )}
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {dialog && (
        <ViewDialog
          title={dialog === 'create' ? 'Save as a new view' : 'Rename the view'}
          name={dialog === 'create' ? '' : saved!.name}
          asksShared={dialog === 'create'}
          close={() => setDialog(undefined)}
          save={(name, isShared) =>
            dialog === 'create' ? views.create(name, isShared, keptOf(view)) : views.update(saved!, { name })
          }
        />
      )}
    </>
  );
}

interface ItemProps {
  name: string;
  isShown: boolean;
  isDefault?: boolean;
  isOwn?: boolean;
  onClick: () => void;
}

function ViewItem({ name, isShown, isDefault = false, isOwn = false, onClick }: ItemProps) {
  return (
    <Menu.Item
      onClick={onClick}
      aria-current={isShown || undefined}
      leftSection={<IconCheck size={14} aria-hidden="true" style={{ visibility: isShown ? 'visible' : 'hidden' }} />}
      rightSection={
        isDefault ? (
          <IconStarFilled size={12} aria-label="the default" />
        ) : isOwn ? (
          <IconLock size={12} aria-label="for you alone" />
        ) : undefined
      }
    >
      <span className="truncate" title={name}>
        {name}
      </span>
    </Menu.Item>
  );
}
