/** Files and canvases in Slack: uploaded first, shown after, so that a repetition shows the same file. */

import type { WebClient } from '@slack/web-api';
import { ChatError } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { Documents } from '../ports/documents.ts';
import { chatError } from './web.ts';

interface FileMessage {
  readonly files?: readonly { readonly id?: string }[];
}

/** A file of a few kilobytes; the address is given up when it takes longer. */
const UPLOAD_MS = 60_000;

export function createDocuments(client: WebClient, clock: Clock): Documents {
  const classified = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      throw error instanceof ChatError ? error : chatError(error);
    }
  };
  return {
    upload: ({ name, text }) =>
      classified(async () => {
        const bytes = new TextEncoder().encode(text);
        const asked = await client.files.getUploadURLExternal({ filename: name, length: bytes.length });
        const { upload_url: url, file_id: fileId } = asked;
        if (!url || !fileId) throw new ChatError('no_upload_url', 'Slack gave no address for the file; try again.');
        const abort = new AbortController();
        const cancel = clock.setTimer(UPLOAD_MS, () => abort.abort());
        const answer = await fetch(url, { method: 'POST', body: bytes, signal: abort.signal })
          .then(async (response) => {
            await response.arrayBuffer();
            return response;
          })
          .finally(cancel);
        if (!answer.ok) throw new ChatError('unavailable', `Slack did not take the file (HTTP ${answer.status}).`);
        return fileId;
      }),
    share: (fileId, title, place) =>
      classified(async () => {
        const { files } = await client.files.completeUploadExternal({
          files: [{ id: fileId, title }],
          channel_id: place.channel,
          initial_comment: place.comment,
          ...(place.threadTs ? { thread_ts: place.threadTs } : {}),
        });
        return files?.[0]?.permalink;
      }),
    stands: (fileId, { channel, threadTs }) =>
      classified(async () => {
        const { messages } = threadTs
          ? await client.conversations.replies({ channel, ts: threadTs, limit: 200 })
          : await client.conversations.history({ channel, limit: 200 });
        return ((messages ?? []) as FileMessage[]).some(({ files }) => files?.some(({ id }) => id === fileId));
      }),
    writeCanvas: ({ channel, title, markdown }) =>
      classified(async () => {
        const { canvas_id: id } = await client.canvases.create({
          title,
          channel_id: channel,
          document_content: { type: 'markdown', markdown },
        });
        return id ?? '';
      }),
  };
}
