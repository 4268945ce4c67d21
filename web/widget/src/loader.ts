// loader.ts — the one script on somebody's page: puts the chat into a frame of our own origin, and
// tells it where the visitor is. Nothing of the chat runs in the page, nothing of the page in it.
(() => {
  const script = document.currentScript as HTMLScriptElement | null;
  const channel = script?.dataset['channel'];
  if (!script || !channel || document.getElementById('gestand-chat')) return;
  const { origin } = new URL(script.src);
  const frame = document.createElement('iframe');
  let token = script.dataset['token'];
  let isOpen = false;
  let page = '';

  const tell = (more: object = {}) => {
    page = location.href;
    const language = script.dataset['language'] ?? document.documentElement.lang;
    const message = { gestand: 'page', page, language, token, ...more };
    frame.contentWindow?.postMessage(message, origin);
  };
  const place = () => {
    const isSmall = innerWidth <= 480;
    const edge = isOpen && isSmall ? '0' : '16px';
    Object.assign(frame.style, {
      position: 'fixed',
      right: edge,
      bottom: edge,
      width: isOpen ? (isSmall ? '100vw' : '384px') : '72px',
      height: isOpen ? (isSmall ? '100dvh' : 'min(672px, calc(100dvh - 32px))') : '72px',
      border: '0',
      borderRadius: isOpen && !isSmall ? '16px' : isOpen ? '0' : '36px',
      boxShadow: isOpen ? '0 8px 24px rgb(13 16 24 / .2)' : 'none',
      background: 'transparent',
      colorScheme: 'normal',
      zIndex: '2147483000',
    });
  };

  frame.id = 'gestand-chat';
  frame.title = script.dataset['title'] ?? 'Chat';
  frame.src = `${origin}/chat/${channel}`;
  place();
  addEventListener('resize', place);
  addEventListener('popstate', () => tell());
  // Pages that change their address without loading tell nobody.
  setInterval(() => location.href !== page && tell(), 2000);
  addEventListener('message', ({ source, origin: from, data }: MessageEvent) => {
    if (source !== frame.contentWindow || from !== origin) return;
    if (data?.gestand === 'ready') tell();
    if (data?.gestand === 'size') {
      isOpen = data.isOpen === true;
      place();
    }
  });
  (window as unknown as { gestandChat: object }).gestandChat = {
    identify: (signed: string) => ((token = signed), tell()),
    open: () => tell({ open: true }),
  };
  document.body.append(frame);
})();
