import '../styles/tokens.css'
import '../styles/base.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { i18n } from '../locales/index.ts'
import DispatchApp from './DispatchApp.vue'
import { router } from './router.ts'

createApp(DispatchApp).use(createPinia()).use(i18n).use(router).mount('#app')
