import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/phone.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import FieldApp from './FieldApp.vue'
import { i18n } from './i18n.ts'
import { router } from './router.ts'

createApp(FieldApp).use(createPinia()).use(i18n).use(router).mount('#app')
