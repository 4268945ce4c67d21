import '@gestand/kit/kit.css';
import { mount } from 'svelte';
import App from './App.svelte';

mount(App, { target: document.body });
