/** Words of gateways and of refused positions. */
import type { FixRefusal, FixRemark, PositionSource } from '#contract/positions'

interface Reason {
  name: string
  meaning: string
  remedy: string
}

export const gateways = {
  find: 'Find by name',
  none: 'No gateways yet. Give a radio or fleet platform its key here when it is to deliver positions in batches.',
  note: '{count} in all; one key a system, for the devices bound to it only',
  create: 'New gateway',
  newHint: 'The key is shown once, after saving',
  name: 'Name',
  nameHint: 'Name the other system, such as “radio platform”.',
  interval: 'Interval (s)',
  intervalHint: 'How often each device reports; after three intervals without a fix it looks stale on the map.',
  every: 'Interval',
  seconds: '{n} s',
  deviceCount: 'Devices',
  createdAt: 'Created',
  lastSeen: 'Last seen',
  never: 'Has never delivered',
  delivering: 'Delivering',
  silentSince: 'Silent since {at}',
  revoke: 'Revoke the key',
  revokeQuestion: 'The key stops working at once and for good. Sure?',

  keyTitle: 'The key of {name}',
  keyOnce: 'This key is shown only now',
  keySecret:
    'Copy it and hand it to whoever runs the other system. It lets its holder report positions of the devices bound to it. If it is lost, revoke it and make another.',
  key: 'Key',
  copyKey: 'Copy the key',
  keyKept: 'I have kept it',
  keyGap: '<key>',
  deviceGap: '<device>',
  example: 'A delivery to try in a terminal',
  copyExample: 'Copy the example',
  bindNext: 'Next: bind device names to people, at the right. Positions of devices that are not bound are refused.',

  devices: 'Devices and people',
  noDevices: 'No device is bound yet.',
  device: 'Device',
  deviceHint: 'Its name in the other system, exactly.',
  member: 'Person',
  bindOne: 'Bind one',
  bindList: 'Paste a list',
  addDevice: 'Add',
  addDevices: 'Add {count}',
  pasted: 'Device, roster code',
  pastedHint: 'One a line, as copied from a spreadsheet; the code is the one on the roster.',
  wrongLines: 'Line {lines} is not “device, roster code”.',
  saveDevices: 'Save the devices',
  unknownCodes: 'Nobody on the roster has: {codes}. Correct this and save again.',
}

export const refusals = {
  span: { day: '24 hours', week: '7 days' },
  note: { day: '{count} refused in 24 hours', week: '{count} refused in 7 days' },
  none: 'No position was refused.',
  allSources: 'All sources',
  source: 'Source',
  why: 'Reason',
  meaning: 'What happened',
  whatToDo: 'What to do',
  last: 'Last',
  count: 'Count',
  now: 'now',
  overTime: { day: 'Hour by hour, 24 hours', week: 'Day by day, 7 days' },
  peak: { day: 'Most in one hour: {count}, from {at}', week: 'Most in 24 hours: {count}, from {at}' },
  bars: 'Counts in order of time: {counts}',
  isRefusal: 'Refused: not on the map, not kept',
  isRemark: 'A remark: the position was taken',
  sources: {
    browser: 'Field page (phone browser)',
    owntracks: 'OwnTracks',
    osmand: 'Traccar Client and others (OsmAnd)',
    gateway: 'Gateway',
  } satisfies Record<PositionSource, string>,
  shortSources: {
    browser: 'Field page',
    owntracks: 'OwnTracks',
    osmand: 'Traccar',
    gateway: 'Gateway',
  } satisfies Record<PositionSource, string>,
  reason: {
    malformed: {
      name: 'No readable position',
      meaning: 'Longitude or latitude is missing, no number, or off the globe.',
      remedy: 'Ask the maker of the device or platform to check these fields; mostly a name or a unit is wrong.',
    },
    zero: {
      name: 'Null island',
      meaning: 'The device reported (0, 0) before it had a fix.',
      remedy: 'Wait outdoors for a few minutes. If it stays, check its location permission and antenna.',
    },
    swapped: {
      name: 'Axes exchanged',
      meaning: 'With longitude and latitude exchanged it lies in the area. It is never mended by guessing.',
      remedy: 'Ask the maker to send longitude and latitude in the right fields.',
    },
    outsideArea: {
      name: 'Far outside',
      meaning: 'It lies more than 50 km beyond the border.',
      remedy: 'Normal for somebody who is away. Otherwise check the datum: WGS-84 is expected.',
    },
    offDuty: {
      name: 'Off duty',
      meaning: 'Positions of people off duty are neither taken nor kept.',
      remedy: 'Nothing. If the person should be on the map, he goes on duty on the field page.',
    },
    unknownDevice: {
      name: 'Unknown device',
      meaning: 'No such device, pairing or key, or it was revoked.',
      remedy: 'Pair the phone again; bind a gateway’s device to a person under “Gateways”.',
    },
    duplicate: {
      name: 'Sent twice',
      meaning: 'The very same position came again.',
      remedy: 'A few are a network’s repeats. If there are many, ask the platform whether it forwards twice.',
    },
    tooLate: {
      name: 'Too old',
      meaning: 'Older than a day, or from before this duty began.',
      remedy: 'Normal when a phone was long without network. If there are many, check the device’s clock.',
    },
    future: {
      name: 'More than a day ahead',
      meaning: 'The device’s clock is more than a day ahead.',
      remedy: 'Switch on “set date and time automatically” on the device.',
    },
    teleport: {
      name: 'Jump',
      meaning: 'Faster than 216 km/h between two fixes; believed when two more agree.',
      remedy: 'Mostly reflections between buildings. If it is always the same person, look for a mock location.',
    },
    clockOff: {
      name: 'Clock is off',
      meaning: 'The device’s clock is off by more than a minute; the time was put right.',
      remedy: 'Switch on “set date and time automatically” on the device.',
    },
  } satisfies Record<FixRefusal | FixRemark, Reason>,
}
