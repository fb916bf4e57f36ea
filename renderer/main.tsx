import './ui/tokens.css'
import '@fontsource-variable/atkinson-hyperlegible-next/wght.css'
import './ui/base.css'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'

const root = document.getElementById('root')
if (root === null) throw new Error('No root')
createRoot(root).render(<App />)
