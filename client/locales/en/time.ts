export const time = {
  hours: '{hours}:{minutes}',
  days: '{days}d {hours}h',
  over: '+{time}',
  left: '{time} left',
  /** After a number, on the map. */
  minuteMark: 'm',
  secondsAgo: '{n} s ago',
  minutesAgo: '{n} min ago',
  overFourHours: 'over 4 hours',
  noLimit: 'No limit',
}
