/** Slack's names of the emoji that bots and people of this field use. */

const NAMES = `rotating_light🚨 white_check_mark✅ heavy_check_mark✔️ warning⚠️ eyes👀 pushpin📌 round_pushpin📍 memo📝 clock1🕐
alarm_clock⏰ hourglass_flowing_sand⏳ red_circle🔴 large_yellow_circle🟡 large_green_circle🟢 large_blue_circle🔵 white_circle⚪
black_circle⚫ large_orange_circle🟠 fire🔥 bell🔔 no_bell🔕 crescent_moon🌙 zzz💤 sunny☀️ tada🎉 pray🙏 raised_hands🙌 thumbsup👍 +1👍
thumbsdown👎 -1👎 ok_hand👌 wave👋 bow🙇 thinking_face🤔 cry😢 smile😄 heart❤️ x❌ o⭕ heavy_plus_sign➕ question❓ exclamation❗
bangbang‼️ information_source ℹ️ bulb💡 mag🔍 lock🔒 unlock🔓 key🔑 link🔗 hammer_and_wrench🛠️ wrench🔧 gear⚙️ rocket🚀 ship🚢
construction🚧 book📖 books📚 blue_book📘 green_book📗 orange_book📙 closed_book📕 notebook📓 clipboard📋 page_facing_up📄 bookmark🔖
bookmark_tabs📑 calendar📅 spiral_calendar_pad🗓️ date📅 chart_with_upwards_trend📈 chart_with_downwards_trend📉 bar_chart📊
telephone_receiver📞 phone☎️ iphone📱 email📧 envelope✉️ inbox_tray📥 outbox_tray📤 loudspeaker📢 mega📣 speech_balloon💬 busts_in_silhouette👥
bust_in_silhouette👤 cop👮 fire_engine🚒 firefighter🧑‍🚒 helmet_with_white_cross⛑️ shield🛡️ bug🐛 zap⚡ boom💥 sos🆘 no_entry⛔ stop_sign🛑
octagonal_sign🛑 recycle♻️ arrows_counterclockwise🔄 repeat🔁 arrow_right➡️ arrow_up⬆️ arrow_down⬇️ arrow_left⬅️ back🔙 end🔚 new🆕 sparkles✨
star⭐ trophy🏆 beers🍻 coffee☕ moneybag💰 yen💴 package📦 floppy_disk💾 cloud☁️ computer💻 robot_face🤖 lightning⚡ pager📟 hospital🏥
triangular_flag_on_post🚩 checkered_flag🏁 test_tube🧪 microscope🔬 bookmark🔖 sleeping😴 coffin⚰️ point_right👉 point_up☝️ one1️⃣ two2️⃣ three3️⃣`;

const TABLE = new Map(
  NAMES.split(/\s+/).flatMap((entry) => {
    const found = /^([a-z0-9_+-]*?)([^\w+-].*|\d️⃣)$/u.exec(entry);
    return found ? [[found[1], found[2]]] : [];
  }),
);

export function emoji(name) {
  return TABLE.get(name.replace(/::.*/, '')) ?? `:${name}:`;
}
