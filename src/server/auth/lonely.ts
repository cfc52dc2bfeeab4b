/** A move of people from one segment to another. */
interface Move {
  from: unknown;
  to: unknown;
  persons: unknown;
}

const size = ({ persons }: Move) => (typeof persons === "number" ? persons : 0);

/**
 * Moves that stay hidden, those of few people and some of more: the segments' totals are shown, so a single hidden
 * move into or out of a segment would be the total less all others. Beside it goes the smallest of those.
 */
export function hiddenMoves<M extends Move>(
  moves: readonly M[],
  isFew: (persons: unknown) => boolean,
): Set<M> {
  const hidden = new Set(moves.filter(({ persons }) => isFew(persons)));
  const lines = (["from", "to"] as const).flatMap((side) =>
    [...new Set(moves.map((move) => move[side]))].map((segment) =>
      moves.filter((move) => move[side] === segment && size(move) > 0),
    ),
  );
  const next = () => {
    for (const line of lines) {
      const open = line.filter((move) => !hidden.has(move));
      if (line.length - open.length === 1 && open.length > 0)
        return open.reduce((least, move) => (size(move) < size(least) ? move : least));
    }
    return null;
  };
  for (let one = next(); one !== null; one = next()) hidden.add(one);
  return hidden;
}
