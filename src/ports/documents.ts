/** Longer texts that Slack keeps: files and canvases. */

export interface SharedPlace {
  readonly channel: string;
  readonly threadTs?: string;
  /** What stands above the file. */
  readonly comment: string;
}

export interface Documents {
  /** Uploads a file that nobody sees yet; returns its id. */
  upload(file: { readonly name: string; readonly text: string }): Promise<string>;
  /** Shows an uploaded file; returns its address. A ChatError says why the channel does not take it. */
  share(fileId: string, title: string, place: SharedPlace): Promise<string | undefined>;
  /** Whether the file stands among the channel's latest messages: for a share whose answer was lost. */
  stands(fileId: string, place: Pick<SharedPlace, 'channel' | 'threadTs'>): Promise<boolean>;
  /** Writes a canvas that the channel's members can open; a ChatError where the workspace has none. */
  writeCanvas(canvas: { readonly channel: string; readonly title: string; readonly markdown: string }): Promise<string>;
}
