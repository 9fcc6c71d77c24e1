import '../styles/base.css'
import '../styles/phone.css'
import './resident.css'
import { createApp } from 'vue'
import { residentI18n } from './i18n.ts'
import ResidentApp from './ResidentApp.vue'

createApp(ResidentApp).use(residentI18n).mount('#app')
