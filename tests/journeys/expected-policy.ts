/**
 * Who may do what, written by hand from the authorisation matrix and never derived from contract/roles.ts: the policy
 * walk holds the product against it. A route, page or event that is not here fails the walk.
 *
 * Columns: resident anonymous, resident verified, member, grid leader, department, dispatcher, community administrator,
 * street administrator, wall.
 * no = refused · own / assigned / area = those records, all others as if they did not exist · all = everywhere ·
 * open = asked without any session.
 */
export type Reach = 'no' | 'own' | 'assigned' | 'area' | 'all' | 'open'
export type Row = readonly [Reach, Reach, Reach, Reach, Reach, Reach, Reach, Reach, Reach]

const everybody: Row = ['open', 'open', 'open', 'open', 'open', 'open', 'open', 'open', 'open']
const anySession: Row = ['no', 'all', 'all', 'all', 'all', 'all', 'all', 'all', 'all']
const administrators: Row = ['no', 'no', 'no', 'no', 'no', 'no', 'area', 'area', 'no']
const administratorsAndDesk: Row = ['no', 'no', 'no', 'no', 'no', 'area', 'area', 'area', 'no']
const staffOfAnArea: Row = ['no', 'no', 'area', 'area', 'no', 'area', 'area', 'area', 'no']
const staffAndWall: Row = ['no', 'no', 'area', 'area', 'no', 'area', 'area', 'area', 'area']
const seesPeople: Row = ['no', 'assigned', 'own', 'area', 'no', 'area', 'area', 'area', 'area']
const membersOwn: Row = ['no', 'no', 'own', 'own', 'no', 'no', 'no', 'no', 'no']
const streetOnly: Row = ['no', 'no', 'no', 'no', 'no', 'no', 'no', 'area', 'no']
const forAll: Row = ['all', 'all', 'all', 'all', 'all', 'all', 'all', 'all', 'all']

export const expectedRoutes: Record<string, Row> = {
  'session.see': everybody,
  'session.signIn': everybody,
  'session.signOut': everybody,
  'session.unlock': everybody,
  'session.touch': anySession,
  'session.setPassword': anySession,

  'district.see': anySession,
  'categories.list': anySession,
  'departments.list': anySession,

  'search.run': staffAndWall,
  'areas.list': staffAndWall,
  'areas.card': staffAndWall,
  'areas.leaders': staffAndWall,
  'buildings.see': staffOfAnArea,

  'servicePoints.list': forAll,
  'servicePoints.create': administrators,
  'servicePoints.change': administrators,
  'servicePoints.closeToday': administrators,

  'cases.open': ['own', 'own', 'area', 'area', 'assigned', 'area', 'area', 'area', 'area'],
  'cases.see': ['own', 'own', 'area', 'area', 'assigned', 'area', 'area', 'area', 'area'],
  'cases.report': ['all', 'all', 'all', 'all', 'no', 'all', 'all', 'no', 'no'],

  'members.list': staffAndWall,
  'members.see': staffAndWall,
  'members.create': administrators,
  'members.change': administrators,
  'teams.list': staffAndWall,
  'teams.create': administrators,
  'teams.change': administrators,

  'accounts.list': administrators,
  'accounts.create': administrators,
  'accounts.change': administrators,
  'accounts.link': administrators,

  'loads.list': administratorsAndDesk,
  'loads.see': administratorsAndDesk,
  'loads.run': streetOnly,
  'loads.cancel': streetOnly,

  'duty.own': membersOwn,
  'duty.start': membersOwn,
  'duty.end': membersOwn,
  'duty.list': ['no', 'no', 'own', 'area', 'no', 'area', 'area', 'no', 'no'],
  'duty.forceEnd': ['no', 'no', 'no', 'no', 'no', 'area', 'area', 'no', 'no'],

  'devices.list': membersOwn,
  'devices.pair': membersOwn,
  'devices.revoke': membersOwn,

  'gateways.list': streetOnly,
  'gateways.create': streetOnly,
  'gateways.devices': streetOnly,
  'gateways.bind': streetOnly,
  'gateways.revoke': streetOnly,

  'calls.place': everybody,
  'calls.follow': everybody,
  'calls.cancelOwn': everybody,
  'calls.rate': everybody,
  'push.key': membersOwn,
  'push.subscribe': membersOwn,
  'push.unsubscribe': membersOwn,
  'calls.live': ['own', 'own', 'assigned', 'area', 'no', 'area', 'area', 'area', 'area'],
  'calls.see': ['own', 'own', 'assigned', 'area', 'no', 'area', 'area', 'area', 'area'],
  'calls.own': membersOwn,
  'calls.candidates': ['no', 'no', 'no', 'no', 'no', 'area', 'area', 'no', 'no'],
  'calls.takeOver': ['no', 'no', 'no', 'no', 'no', 'area', 'area', 'no', 'no'],
  'calls.assign': ['no', 'no', 'no', 'no', 'no', 'area', 'area', 'no', 'no'],
  'calls.placeFor': ['no', 'no', 'no', 'no', 'no', 'area', 'area', 'no', 'no'],
  'calls.toCase': ['no', 'no', 'no', 'no', 'no', 'area', 'area', 'no', 'no'],
  'calls.merge': ['no', 'no', 'no', 'no', 'no', 'area', 'area', 'no', 'no'],
  'settings.calls': streetOnly,
  'settings.changeCalls': streetOnly,
  'calls.finish': ['no', 'no', 'no', 'no', 'no', 'area', 'area', 'no', 'no'],
  'calls.cancel': ['own', 'own', 'no', 'no', 'no', 'area', 'no', 'no', 'no'],

  'positions.nearest': ['no', 'no', 'no', 'area', 'no', 'area', 'area', 'no', 'no'],
  'positions.track': ['no', 'no', 'own', 'area', 'no', 'area', 'area', 'no', 'no'],
  'positions.refusals': administratorsAndDesk,

  'placeCodes.sheet': administrators,
  'placeCodes.create': administrators,
  'placeCodes.revoke': administrators,
  'resident.home': everybody,
  'resident.places': everybody,
  'resident.report': everybody,
  'resident.progress': everybody,

  'audit.list': ['no', 'own', 'own', 'no', 'no', 'no', 'area', 'area', 'no'],
}

export const expectedPages: Record<string, Row> = {
  healthz: everybody,
  readyz: everybody,
  caCertificate: everybody,
  signInPage: everybody,
  signInConsume: everybody,
  ownTracks: everybody,
  osmAnd: everybody,
  gateway: everybody,
  gatewayDevices: everybody,
  gatewayDuty: everybody,
  gatewayCases: everybody,
  placeCode: everybody,
  baseTile: forAll,
  areaTile: staffAndWall,
}

/** Server → client: which roles are told. */
export const expectedServerEvents: Record<string, Row> = {
  'data:changed': anySession,
  'load:progress': administratorsAndDesk,
  'session:changed': anySession,
  fact: anySession,
  'positions:frame': seesPeople,
  'server:bye': anySession,
  'offer:ring': membersOwn,
  'talk:said': membersOwn,
  'talk:signal': membersOwn,
  'offer:over': membersOwn,
}

/** Client → server: which roles are answered. */
export const expectedClientEvents: Record<string, Row> = {
  'clock:ask': anySession,
  'facts:resume': anySession,
  'positions:view': seesPeople,
  'positions:hide': seesPeople,
  'position:share': membersOwn,
  'offer:delivered': membersOwn,
  'offer:accept': membersOwn,
  'offer:decline': membersOwn,
  'call:progress': membersOwn,
  'talk:say': membersOwn,
  'talk:read': membersOwn,
  'talk:signal': membersOwn,
}

/** Roles an administrator may hand out, and so manage. */
export const expectedGrantable: Record<string, readonly string[]> = {
  residentAnonymous: [],
  residentVerified: [],
  member: [],
  gridLeader: [],
  department: [],
  dispatcher: [],
  communityAdmin: ['member', 'gridLeader', 'dispatcher'],
  streetAdmin: ['member', 'gridLeader', 'department', 'dispatcher', 'communityAdmin'],
  wall: [],
}
