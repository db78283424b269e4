'use client';

import { Modal, Switch } from '@mantine/core';
import { closeOverlay } from './overlay';
import { Keys } from './Keys';
import { useAllShortcuts, type ShortcutGroup } from './shortcuts';
import { useSingleKeys } from './single-keys';

/** All keys of the page that is open. */
export function ShortcutsHelp() {
  const [on, setOn] = useSingleKeys();
  return (
    <Modal opened onClose={closeOverlay} title="Keyboard shortcuts" size="lg" yOffset="10vh">
      <div className="shortcuts">
        {byName(useAllShortcuts()).map(({ name, shortcuts }) => (
          <section key={name} aria-label={name}>
            <h2>{name}</h2>
            <dl>
              {shortcuts.map(({ keys, label }) => (
                <div key={`${keys} ${label}`}>
                  <dt>{label}</dt>
                  <dd>
                    <Keys keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Switch
        mt="lg"
        checked={on}
        onChange={(event) => setOn(event.currentTarget.checked)}
        label="Shortcuts of single keys"
        description="Those with Ctrl or Cmd hold in any case."
      />
    </Modal>
  );
}

/** What holds on every page. */
const COMMON = ['Go to', 'Everywhere'];

/** Parts of a page may add to the same heading; what is the page's own goes first. */
function byName(groups: readonly ShortcutGroup[]): ShortcutGroup[] {
  return [...Map.groupBy(groups, ({ name }) => name)]
    .map(([name, parts]) => ({ name, shortcuts: parts.flatMap(({ shortcuts }) => shortcuts) }))
    .sort((a, b) => COMMON.indexOf(a.name) - COMMON.indexOf(b.name));
}
