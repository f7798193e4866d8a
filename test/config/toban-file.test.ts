/** toban.yml: what it may say, and every fault at its path. */

import { loadConfig } from '../../src/config/config.ts';
import { ENVIRONMENT, faults, load, loaded, SMALLEST } from './support.ts';

const TEAM = 'teams: { sre: { schedule: PSCHED1 } }\n';

const BOTH = { mentions: true, runbooks: true };

describe('toban.yml', () => {
  it('needs teams only', () => {
    expect(loaded(SMALLEST)).toMatchObject({
      locale: 'ja',
      timezone: 'Asia/Tokyo',
      admins: [],
      people: {},
      features: { handover: true, mentions: true, runbooks: true, incidents: true },
      teams: [{ key: 'sre', name: 'sre', schedule: 'PSCHED1', alertChannels: [] }],
      runbooksDir: 'runbooks',
      businessHours: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: 600, to: 1140 },
      holidays: { country: 'jp', add: [], remove: [] },
      handover: { at: 600, days: 'daily' },
      remindAfterMs: [60_000, 180_000, 300_000],
      incidents: {
        channelPrefix: 'inc',
        canvas: false,
        askCommanderAfterMs: 300_000,
        idleAfterMs: 86_400_000,
        archiveAfterMs: 864_000_000,
        announceLocale: 'ja',
        stakeholders: {},
        updateAfterMs: 1_800_000,
        timelineReaction: 'pushpin',
      },
    });
    expect(load(SMALLEST)).toMatchObject({ notInUse: [] });
  });

  it('reads a team with its alert channels', () => {
    const config = loaded(`
      people: { Taro@Corp.example: U0TARO }
      teams:
        決済:
          name: 決済チーム
          escalation_policy: PPOLICY1
          service: PSERVICE1
          user_group: S0PAY
          alert_channels:
            - { channel: "#決済-アラート" }
            - { channel: C0123ABCD, apps: [A0GRAFANA, B0BOT], ignore_apps: [A0NOISE] }`);
    expect(config.people).toEqual({ 'taro@corp.example': 'U0TARO' });
    expect(config.teams).toEqual([
      {
        key: '決済',
        name: '決済チーム',
        escalationPolicy: 'PPOLICY1',
        service: 'PSERVICE1',
        userGroup: 'S0PAY',
        alertChannels: [
          { channel: '決済-アラート', mention: 'always', apps: 'any', ignoreApps: [], features: BOTH },
          {
            channel: 'C0123ABCD',
            mention: 'always',
            apps: ['A0GRAFANA', 'B0BOT'],
            ignoreApps: ['A0NOISE'],
            features: BOTH,
          },
        ],
      },
    ]);
  });

  it('J-01 reads company days off and the time zone, whatever the host thinks', () => {
    const config = loaded(`${TEAM}timezone: Asia/Tokyo\nholidays: { add: [2026-12-29/2027-01-03, "2026-08-13"] }`);
    expect(config.timezone).toBe('Asia/Tokyo');
    expect(config.holidays.add).toEqual([
      { from: '2026-12-29', to: '2027-01-03' },
      { from: '2026-08-13', to: '2026-08-13' },
    ]);
  });

  it('O-05 switches each feature off by itself', () => {
    const config = loaded(`${TEAM}features: { mentions: false }`);
    expect(config.features).toEqual({ handover: true, mentions: false, runbooks: true, incidents: true });
  });

  it('O-01 refuses an unknown key with its path', () => {
    const found = faults(load('teams: { sre: { schedule: P1, alert_channels: [{ channel: a, mentions: always }] } }'));
    expect(Object.keys(found)).toEqual(['teams.sre.alert_channels[0].mentions']);
    expect(found['teams.sre.alert_channels[0].mentions']).toMatch(/unknown key.*did you mean "mention"\?/);
  });

  it('O-01 says where a known key belongs that stands in the wrong place', () => {
    const found = faults(load('teams: { sre: { schedule: P1, ignore_apps: [] } }\npoll: 30s'));
    expect(found['teams.sre.ignore_apps']).toContain('teams.*.alert_channels[].ignore_apps');
    expect(found['poll']).toContain('pagerduty.poll');
  });

  it('O-01 names every fault of the environment and of the file at once', () => {
    const file = `
      lokale: ja
      timezone: Asia/Tokio
      admins: [taro, U0OK]
      teams:
        sre: { alert_channels: [{ channel: Alerts }, { chanel: x }] }
        web: { schedule: p1 }
      pagerduty: { poll: 1s }`;
    const found = faults(load(file, { SLACK_BOT_TOKEN: '', PORT: 'x' }));
    expect(Object.keys(found).sort()).toEqual(
      [
        'SLACK_BOT_TOKEN',
        'PORT',
        'lokale',
        'timezone',
        'admins[0]',
        'teams.sre',
        'teams.sre.alert_channels[0].channel',
        'teams.sre.alert_channels[1].channel',
        'teams.sre.alert_channels[1].chanel',
        'teams.web.schedule',
        'pagerduty.poll',
      ].sort(),
    );
    expect(found['timezone']).toContain('did you mean "Asia/Tokyo"?');
    expect(found['lokale']).toContain('did you mean "locale"?');
    for (const message of Object.values(found)) expect(message).toMatch(/^[^\n]*(expected|is not)[^\n]*; [^\n]*$/);
  });

  it.each([
    ['locale: fr', 'locale', 'ja, en'],
    ['locale: JA', 'locale', 'did you mean "ja"'],
    ['timezone: JST', 'timezone', 'IANA'],
    ['timezone: bst', 'timezone', 'IANA'],
    ['timezone: "+09:00"', 'timezone', 'IANA'],
    ['timezone:', 'timezone', 'is empty'],
    ['admins: U0ADMIN', 'admins', 'a list'],
    ['admins: ["@taro"]', 'admins[0]', 'member id'],
    ['people: { taro: U0TARO }', 'people.taro', 'e-mail'],
    ['people: { a@b.example: taro }', 'people["a@b.example"]', 'member id'],
    ['people: { a@b.example: U1, A@b.example: U2 }', 'people["A@b.example"]', 'twice'],
    ['business_hours: { days: [monday] }', 'business_hours.days[0]', 'mon, tue'],
    ['business_hours: { from: "9:30" }', 'business_hours.from', '09:30'],
    ['business_hours: { from: "24:00" }', 'business_hours.from', '23:59'],
    ['business_hours: { from: "19:00", to: "10:00" }', 'business_hours.to', 'later'],
    ['business_hours: { to: 1900 }', 'business_hours.to', 'quotes'],
    ['holidays: { country: us }', 'holidays.country', 'jp, none'],
    ['holidays: { add: [2026-02-30] }', 'holidays.add[0]', 'real day'],
    ['holidays: { add: [2026-13-01] }', 'holidays.add[0]', 'real day'],
    ['holidays: { remove: [2027-01-03/2026-12-29] }', 'holidays.remove[0]', 'earlier day first'],
    ['holidays: { remove: [2026-12-29/2026-12-30/2026-12-31] }', 'holidays.remove[0]', 'range'],
    ['features: { mentions: yes }', 'features.mentions', 'true or false'],
    ['features: [mentions]', 'features', 'block of keys'],
    ['handover: { channel: "Engineers Room" }', 'handover.channel', 'lower case'],
    ['handover: { channel: #engineers\n }', 'handover.channel', '# begins a comment'],
    ['handover: { channel: D0DIRECT }', 'handover.channel', 'C… or G…'],
    ['handover: { channel: 911 }', 'handover.channel', 'quotes'],
    ['handover: { days: weekdays }', 'handover.days', 'business_days'],
    ['handover: { rules_url: "javascript:alert(1)" }', 'handover.rules_url', 'https://'],
    ['alerts: { remind_after: [3m, 1m] }', 'alerts.remind_after', 'ascending'],
    ['alerts: { remind_after: [1m, 1m] }', 'alerts.remind_after', 'ascending'],
    ['alerts: { remind_after: [soon] }', 'alerts.remind_after[0]', 'duration'],
    ['alerts: { remind_after: 1m }', 'alerts.remind_after', 'a list'],
    ['pagerduty: { poll: 4s }', 'pagerduty.poll', 'from 5s'],
    ['pagerduty: { poll: 30d }', 'pagerduty.poll', 'to 1d'],
    ['pagerduty: { poll: 30 }', 'pagerduty.poll', '30s'],
    ['runbooks: { dir: "" }', 'runbooks.dir', 'is empty'],
    ['incidents: { channel_prefix: 障害 }', 'incidents.channel_prefix', 'ASCII'],
    ['slack_token: xoxb-SECRET', 'slack_token', 'unknown key'],
    ['runbooks: xoxb-SECRET', 'runbooks', 'not shown'],
    ['locale: xoxb-SECRET', 'locale', 'not shown'],
    ['__proto__: { a: 1 }', '__proto__', 'unknown key'],
  ])('O-01 refuses %s', (line, path, words) => {
    const found = faults(load(`${TEAM}${line}`));
    expect(Object.keys(found)).toEqual([path]);
    expect(found[path]).toContain(words);
    expect(found[path]).not.toMatch(/SECRET|\n/);
  });

  it.each([
    ['', 'teams', 'at least one team'],
    ['locale: ja', 'teams', 'at least one team'],
    ['teams: {}', 'teams', 'at least one team'],
    ['teams: []', 'teams', 'block of keys'],
    ['teams: { sre: }', 'teams.sre', 'is empty'],
    ['teams: { sre: {} }', 'teams.sre', 'neither escalation_policy nor schedule'],
    ['teams: { "S R E": { schedule: P1 } }', 'teams["S R E"]', 'no space'],
    ['teams: { __proto__: { schedule: P1 } }', 'teams.__proto__', 'key for a team'],
    ['teams: { sre: { schedule: 123 } }', 'teams.sre.schedule', 'quotes'],
    ['teams: { sre: { schedule: P1, user_group: "@sre" } }', 'teams.sre.user_group', 'S012AB3CD'],
    ['teams: { sre: { schedule: P1, handover: { at: "25:00" } } }', 'teams.sre.handover.at', 'HH:MM'],
    ['teams: { sre: { schedule: P1, alert_channels: [{}] } }', 'teams.sre.alert_channels[0].channel', 'is missing'],
    [
      'teams: { sre: { schedule: P1, alert_channels: [{ channel: a, mention: never }] } }',
      'teams.sre.alert_channels[0].mention',
      'always, offhours',
    ],
    [
      'teams: { sre: { schedule: P1, alert_channels: [{ channel: a, apps: all }] } }',
      'teams.sre.alert_channels[0].apps',
      'any',
    ],
    [
      'teams: { sre: { schedule: P1, alert_channels: [{ channel: a, apps: [A1, U1] }] } }',
      'teams.sre.alert_channels[0].apps[1]',
      'app id',
    ],
    ['- teams', 'toban.yml', 'block of keys'],
  ])('O-01 refuses the file %j', (file, path, words) => {
    const found = faults(load(file));
    expect(Object.keys(found)).toEqual([path]);
    expect(found[path]).toContain(words);
  });

  it('refuses one alert channel in two teams and names both places', () => {
    const found = faults(
      load(`teams:
        sre: { schedule: P1, alert_channels: [{ channel: "#alerts" }] }
        web: { schedule: P2, alert_channels: [{ channel: web }, { channel: alerts }] }`),
    );
    expect(Object.keys(found)).toEqual(['teams.web.alert_channels[1].channel']);
    expect(found['teams.web.alert_channels[1].channel']).toContain('teams.sre.alert_channels[0].channel');
  });

  it.each([
    ['teams:\n  sre: { schedule: P1 }\n  sre: { schedule: P2 }', './toban.yml:3:3', 'stands twice'],
    ['teams:\n\tsre: {}', './toban.yml:2:1', 'tab'],
    ['locale: ja\nteams: { sre: {', './toban.yml:2:16', 'not valid YAML'],
    ['locale: ja\n--- x\n', './toban.yml:2:1', 'second document'],
    ['locale: !!js/function x', './toban.yml:1:9', 'not valid YAML'],
  ])('tells the line of the syntax fault in %j', (file, where, words) => {
    expect(faults(load(file))[where]).toContain(words);
  });

  it('quotes nothing of a file that it cannot read', () => {
    const told = [
      'a: "x" SECRET',
      'a: [b]\n] "SECRET"',
      'a: b: SECRET',
      '@SECRET',
      'a: "SECRET',
      'a: *SECRET x',
      '%SECRET\n',
    ];
    for (const file of told) {
      expect(load(file)).toMatchObject({ kind: 'refused' });
      expect(JSON.stringify(load(file))).not.toContain('SECRET');
    }
  });

  it('takes no YAML bomb', () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) =>
        `k${i}: &a${i} [${Array(9)
          .fill(i ? `*a${i - 1}` : 'x')
          .join()}]`,
    );
    expect(faults(load(levels.join('\n')))['./toban.yml']).toContain('few anchors');
    expect(load(`teams: ${'['.repeat(100_000)}`)).toMatchObject({ kind: 'refused' });
    expect(faults(load('#'.repeat(200_001)))['./toban.yml']).toContain('200 kB');
    expect(Object.keys(faults(load('teams: &t { sre: *t }')))).not.toEqual([]);
  });

  it('says where it looked for a file that is not there or cannot be read', () => {
    const found = faults(load(undefined, { TOBAN_CONFIG: '/etc/toban.yml' }));
    expect(found['TOBAN_CONFIG']).toContain('no file at /etc/toban.yml');
    const refusing = () => {
      throw Object.assign(new Error('no'), { code: 'EACCES' });
    };
    expect(faults(loadConfig(ENVIRONMENT, refusing))['TOBAN_CONFIG']).toContain('./toban.yml cannot be read (EACCES)');
  });

  it('O-01 lists what is valid and not in use yet, only where it is set', () => {
    const loading = load(`
      business_hours: { from: "09:00" }
      features: { mentions: true, handover: false }
      handover: { channel: engineers, at: "09:30" }
      teams:
        sre:
          schedule: P1
          oncall_group: S0ONCALL
          handover: { channel: sre }
          alert_channels: [{ channel: a, mention: always }, { channel: b, mention: offhours }]
      incidents: {}`);
    expect(loading).toMatchObject({
      notInUse: [],
    });
  });
});
