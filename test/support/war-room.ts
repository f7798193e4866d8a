/** Declares incidents in a story, and finds their rooms. */

import type { Story } from './story.ts';

type Channel = Story['slack']['channels'][number];

/** The channels that Toban made, oldest first. */
export function roomsOf(story: Story): readonly Channel[] {
  return story.slack.channels.filter(({ name }) => /^(?:inc|war)-\d{8}-\d{4}/.test(name ?? ''));
}

export function topicOf(room: Channel): string {
  return room.topic ?? '';
}

/** Fills in the open form of the person, once it has left its loading state, and sends it. */
export async function submitDeclaration(
  story: Story,
  userId: string,
  values: Readonly<Record<string, unknown>>,
): Promise<{ readonly kind: string }> {
  const { slack } = story;
  const view = await slack.until(() => {
    const [open] = slack.views(userId);
    return open && 'submit' in open && open.submit ? open : undefined;
  }, 'the form');
  return slack.submitView(userId, view.id, values as never);
}
