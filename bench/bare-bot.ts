/** The yardstick: the smallest Bolt bot that answers a message in its thread. `node bare-bot.ts API_URL BOT_TOKEN APP_TOKEN` */

import { App, LogLevel } from '@slack/bolt';

const [slackApiUrl = '', token = '', appToken = ''] = process.argv.slice(2);
const app = new App({ token, appToken, socketMode: true, logLevel: LogLevel.ERROR, clientOptions: { slackApiUrl } });

app.message(async ({ message, say }) => {
  await say({ text: 'An alert came in.', thread_ts: message.ts });
});

await app.start();
