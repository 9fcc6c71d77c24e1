export const time = {
  hours: '{hours}:{minutes}',
  days: '{days}天{hours}时',
  over: '超 {time}',
  left: '剩 {time}',
  /** After a number, on the map. */
  minuteMark: '分',
  secondsAgo: '{n} 秒前',
  minutesAgo: '{n} 分前',
  overFourHours: '4 小时以上',
  noLimit: '无时限',
}
