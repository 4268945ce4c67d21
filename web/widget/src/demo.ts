// demo.ts — what a site does to have the chat: its one line, with the channel of this address.
const script = document.createElement('script');
script.async = true;
script.dataset['channel'] = location.pathname.split('/').pop() ?? '';
script.dataset['title'] = 'Chat met Lindewerf';
// The policy of this page asks for it; a usual site writes the line by hand.
interface Types {
  createPolicy: (name: string, rules: object) => { createScriptURL: (url: string) => string };
}
const { trustedTypes } = window as unknown as { trustedTypes?: Types };
const policy = trustedTypes?.createPolicy('gestand-worker', {
  createScriptURL: (url: string) => url,
});
script.src = policy?.createScriptURL('/widget.js') ?? '/widget.js';
document.head.append(script);
