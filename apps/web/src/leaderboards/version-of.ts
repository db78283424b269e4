/** Tells one state of a board from another: its rule, and when its rows were computed. */
export const versionOf = (board: { revision: number; result?: { computedAt: string } | null }): string =>
  `${board.revision} ${board.result?.computedAt ?? ''}`;
