/**
 * Whoever reads may stop early (`fupan review | head`): what is written then goes nowhere, the work goes on to its end, and
 * nothing broke.
 */
export function outliveReaders(streams: readonly NodeJS.WritableStream[]): void {
  for (const stream of streams)
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
}
