// What ICU writes for the values that are given as JSON, in each of the locales given.
const { tags, euros, ranges, counts, months, days, spans, hours, lists } = JSON.parse(process.argv[2]);
const day = (iso) => new Date(`${iso}T12:00:00Z`);
const gregorian = { calendar: "gregory", timeZone: "UTC" };
const written = (tag) => {
  const western = `${tag}-u-nu-latn`; // as an option, formatRange() would not heed it
  const euro = new Intl.NumberFormat(western, {
    style: "currency", currency: "EUR", currencyDisplay: "narrowSymbol", maximumFractionDigits: 0,
  });
  const number = new Intl.NumberFormat(western);
  const dates = (options) => new Intl.DateTimeFormat(western, { ...gregorian, ...options });
  const month = dates({ year: "numeric", month: "long" });
  const long = dates({ dateStyle: "long" });
  const parts = dates({ year: "numeric", month: "long", day: "numeric" });
  const clock = dates({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const list = new Intl.ListFormat(tag, { type: "conjunction" });
  const plural = new Intl.PluralRules(tag);
  return {
    amount: euros.map((n) => euro.format(n)),
    range: ranges.map(([low, high]) => euro.formatRange(low, high)),
    number: euros.map((n) => number.format(n)),
    month: months.map((iso) => month.format(day(iso))),
    day: days.map((iso) => long.format(day(iso))),
    days: spans.map(([first, last]) => parts.formatRange(day(first), day(last))),
    hours: hours.map(([opens, closes]) =>
      clock.formatRange(new Date(`2027-03-12T${opens}Z`), new Date(`2027-03-12T${closes}Z`))),
    list: lists.map((items) => list.format(items)),
    plural: counts.map((n) => plural.select(n)),
  };
};
const known = tags.filter((tag) => Intl.NumberFormat.supportedLocalesOf(tag).length);
const formats = Object.fromEntries(known.map((tag) => [tag, written(tag)]));
console.log(JSON.stringify({ icu: process.versions.icu, formats }));
