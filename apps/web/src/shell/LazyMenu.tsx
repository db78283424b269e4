'use client';

import { cloneElement, useState, type ComponentType, type ReactElement } from 'react';
import type { OpenMenuProps } from './OpenMenu';

/** What the button of a menu is given. */
interface TargetProps {
  'aria-haspopup'?: 'menu';
  'aria-expanded'?: boolean;
  onPointerEnter?: () => void;
  onFocus?: () => void;
  onClick?: () => void;
}

interface Props {
  /** The button. */
  target: ReactElement<TargetProps>;
  /** Pixels. */
  width: number;
  /** What is in the menu: Mantine's items. */
  load: () => Promise<ComponentType>;
}

/**
 * A menu that is read when somebody reaches for its button: most pages are looked at without it, and what opens menus
 * is a fifth of the script of a small page.
 */
export function LazyMenu({ target, width, load }: Props) {
  const [wanted, setWanted] = useState(false);
  const [read, setRead] = useState<{ Menu: ComponentType<OpenMenuProps>; Content: ComponentType }>();
  if (wanted && read) return <read.Menu target={target} width={width} Content={read.Content} />;
  const reach = (): void => {
    if (read) return;
    void Promise.all([import('./OpenMenu'), load()]).then(([{ OpenMenu }, Content]) =>
      setRead({ Menu: OpenMenu, Content }),
    );
  };
  return cloneElement(target, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onPointerEnter: reach,
    onFocus: reach,
    onClick: () => {
      setWanted(true);
      reach();
    },
  });
}
