'use client';

import { FileButton, NativeSelect, Button } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';

interface Props {
  recipes: readonly { name: string; title: string }[];
  /** undefined: one of your own. */
  name: string | undefined;
  choose: (name: string) => void;
  /** A recipe of your own, as it is written. */
  take: (written: string, fileName: string) => void;
  fileName: string | undefined;
}

/** One of the studies that come with the platform, or a file of yours. */
export function RecipeChoice({ recipes, name, choose, take, fileName }: Props) {
  return (
    <div className="row" style={{ alignItems: 'flex-end' }}>
      <NativeSelect
        label="Recipe"
        style={{ flex: '1 1 260px' }}
        value={name ?? ''}
        data={[
          ...recipes.map((recipe) => ({ value: recipe.name, label: `${recipe.name}: ${recipe.title}` })),
          ...(name === undefined ? [{ value: '', label: fileName ?? 'yours' }] : []),
        ]}
        onChange={(event) => {
          if (event.currentTarget.value !== '') choose(event.currentTarget.value);
        }}
      />
      <FileButton accept=".yaml,.yml" onChange={(file) => void file?.text().then((text) => take(text, file.name))}>
        {(props) => (
          <Button
            {...props}
            variant="default"
            leftSection={<IconFileText size={15} stroke={1.75} aria-hidden="true" />}
          >
            A recipe of yours
          </Button>
        )}
      </FileButton>
    </div>
  );
}
