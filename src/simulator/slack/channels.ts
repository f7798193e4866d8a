/** The conversations of the workspace: public, private and direct, their members, and how Slack shows them on the wire. */
import type { Canvas } from './canvases.ts';
import type { Fields } from './wire-values.ts';

export type ChannelKind = 'public' | 'private' | 'im' | 'mpim';

export interface Bookmark {
  readonly id: string;
  readonly channel_id: string;
  readonly title: string;
  readonly link: string;
  readonly emoji: string;
  readonly type: string;
}

export interface SlackChannel {
  readonly id: string;
  readonly kind: ChannelKind;
  name: string;
  isArchived: boolean;
  topic: string;
  purpose: string;
  readonly creator: string;
  readonly created: number;
  readonly members: Set<string>;
  /** Newest first. */
  pins: string[];
  bookmarks: Bookmark[];
  /** The one in its tab. */
  canvas: Canvas | undefined;
}

/** What conversations.list calls the kind, and what events and scopes call it. */
export const CHANNEL_KINDS: Readonly<
  Record<ChannelKind, { readonly listed: string; readonly event: string; readonly scope: string }>
> = {
  public: { listed: 'public_channel', event: 'channel', scope: 'channels' },
  private: { listed: 'private_channel', event: 'group', scope: 'groups' },
  im: { listed: 'im', event: 'im', scope: 'im' },
  mpim: { listed: 'mpim', event: 'mpim', scope: 'mpim' },
};

export class Channels {
  readonly all = new Map<string, SlackChannel>();

  add(
    channel: Pick<SlackChannel, 'id' | 'kind' | 'name' | 'creator' | 'created'> & { members: Iterable<string> },
  ): SlackChannel {
    const made: SlackChannel = {
      ...channel,
      members: new Set(channel.members),
      isArchived: false,
      topic: '',
      purpose: '',
      pins: [],
      bookmarks: [],
      canvas: undefined,
    };
    this.all.set(made.id, made);
    return made;
  }

  /** Archived channels keep their names taken. */
  named(name: string): SlackChannel | undefined {
    return [...this.all.values()].find((channel) => channel.name === name && channel.name !== '');
  }

  direct(members: readonly string[]): SlackChannel | undefined {
    return [...this.all.values()].find(
      (channel) =>
        (channel.kind === 'im' || channel.kind === 'mpim') &&
        channel.members.size === members.length &&
        members.every((member) => channel.members.has(member)),
    );
  }

  require(idOrName: string): SlackChannel {
    const channel = this.all.get(idOrName) ?? this.named(idOrName.replace(/^#/, ''));
    if (!channel) throw new Error(`No channel ${idOrName} in this Slack: add it with addChannel first`);
    return channel;
  }
}

export function channelOnWire(channel: SlackChannel, viewer: string, options: { withCount?: boolean } = {}): Fields {
  const shared = {
    id: channel.id,
    created: channel.created,
    is_archived: channel.isArchived,
    is_channel: channel.kind === 'public' || channel.kind === 'private',
    is_group: false,
    is_im: channel.kind === 'im',
    is_mpim: channel.kind === 'mpim',
    is_private: channel.kind !== 'public',
    is_org_shared: false,
  };
  if (channel.kind === 'im') {
    return {
      ...shared,
      user: [...channel.members].find((member) => member !== viewer) ?? viewer,
      is_user_deleted: false,
    };
  }
  return {
    ...shared,
    name: channel.name,
    name_normalized: channel.name,
    is_general: false,
    is_shared: false,
    is_ext_shared: false,
    is_pending_ext_shared: false,
    is_member: channel.members.has(viewer),
    creator: channel.creator,
    unlinked: 0,
    topic: { value: channel.topic, creator: channel.topic ? channel.creator : '', last_set: 0 },
    purpose: { value: channel.purpose, creator: channel.purpose ? channel.creator : '', last_set: 0 },
    previous_names: [],
    ...(options.withCount === false ? {} : { num_members: channel.members.size }),
  };
}
