import { fault, type Said, say, signedOut } from "./dom.ts";
import type { Archive, Recognised } from "./types.ts";

/** Sends a file as it is. fetch tells no progress of an upload, XMLHttpRequest does. */
export function upload(
  file: File,
  progress: (share: number) => void,
  again: () => void,
): Promise<Recognised | Archive> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", `/api/v1/imports?name=${encodeURIComponent(file.name)}`);
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) => progress(total ? loaded / total : 1));
    request.addEventListener("load", () => {
      const body = request.response as
        | ((Recognised | Archive) & { error?: Said | string; hint?: Said })
        | null;
      if (request.status === 401) signedOut(again);
      if (request.status === 201 && body) resolve(body);
      else
        reject(
          new Error(
            fault(request.status, body?.error) || say(request.status === 413 ? "too_large" : "error"),
          ),
        );
    });
    request.addEventListener("error", () => reject(new Error(say("lost"))));
    request.send(file);
  });
}
