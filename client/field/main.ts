import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/phone.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { i18n } from '../locales/index.ts'
import FieldApp from './FieldApp.vue'
import { router } from './router.ts'

createApp(FieldApp).use(createPinia()).use(i18n).use(router).mount('#app')
