import { xml } from './escape.ts';

/** What a feed tells of a board. */
export interface BoardFeed {
  /** Stable wherever the platform is reached: the board and its project. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly createdAt: Date;
  /** The newest first. */
  readonly entries: readonly {
    readonly id: string;
    readonly title: string;
    readonly summary: string;
    readonly updated: Date;
  }[];
}

/** An Atom feed (RFC 4287). Ids are tags (RFC 4151) and not addresses, so that they stay when the platform moves. */
export function atomFeed({ id, name, description, createdAt, entries }: BoardFeed): string {
  const updated = entries.reduce((latest, entry) => (entry.updated > latest ? entry.updated : latest), createdAt);
  const tag = (path: string): string => `tag:samplewise,2026:${path}`;
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `  <id>${xml(tag(id))}</id>`,
    `  <title>${xml(name)}</title>`,
    ...(description === '' ? [] : [`  <subtitle>${xml(description)}</subtitle>`]),
    `  <updated>${updated.toISOString()}</updated>`,
    '  <author><name>Samplewise</name></author>',
    ...entries.map((entry) =>
      [
        '  <entry>',
        `    <id>${xml(tag(`${id}/${entry.id}`))}</id>`,
        `    <title>${xml(entry.title)}</title>`,
        `    <updated>${entry.updated.toISOString()}</updated>`,
        `    <content type="text">${xml(entry.summary)}</content>`,
        '  </entry>',
      ].join('\n'),
    ),
    '</feed>',
    '',
  ].join('\n');
}
