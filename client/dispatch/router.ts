/** Addresses of the console. What is chosen on it is the query (selection-link.ts), so that a reload keeps it. */
import { createRouter, createWebHistory } from 'vue-router'
import ConsolePage from './ConsolePage.vue'

export const router = createRouter({
  history: createWebHistory('/dispatch/'),
  routes: [
    { path: '/', name: 'console', component: ConsolePage },
    // Loaded when opened: a dispatcher on shift never needs them.
    { path: '/admin/:section?', name: 'admin', component: () => import('./admin/AdminPages.vue') },
    { path: '/first-run', name: 'firstRun', component: () => import('./first-run/FirstRunPage.vue') },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})
