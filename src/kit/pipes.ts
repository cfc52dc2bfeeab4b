/**
 * Whoever reads may stop early (`fupan review | head`): what is written then goes nowhere, the work goes on to its end, and
 * nothing broke.
 * @param otherwise what to do where it is not the reader: a full disk, as a rule.
 */
export function outliveReaders(
  streams: readonly NodeJS.WritableStream[],
  otherwise: (error: Error) => void = (error) => {
    throw error;
  },
): void {
  for (const stream of streams)
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") otherwise(error);
    });
}
