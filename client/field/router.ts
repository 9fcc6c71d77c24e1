/** Addresses of the field page. What is not needed to go on duty is loaded when it is opened. */
import { createRouter, createWebHistory } from 'vue-router'
import DutyPage from './duty/DutyPage.vue'

export const router = createRouter({
  history: createWebHistory('/field/'),
  routes: [
    { path: '/', name: 'duty', component: DutyPage },
    { path: '/grid', name: 'grid', component: () => import('./grid/GridPage.vue') },
    { path: '/cases/:id', name: 'case', component: () => import('./grid/CasePage.vue'), props: true },
    { path: '/call', name: 'call', component: () => import('./call/UnderWayPage.vue') },
    { path: '/trackers', name: 'trackers', component: () => import('./trackers/TrackersPage.vue') },
    { path: '/looks', name: 'looks', component: () => import('./looks/LooksPage.vue') },
    { path: '/me', name: 'me', component: () => import('./me/MePage.vue') },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})
