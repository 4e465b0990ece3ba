// What only the browser can do: its time zone, the clipboard, a shortcut, cookies, and the dialog shown while reconnecting.
(() => {
  const { apply, system } = window.maildashTheme;
  const year = 31536000;
  let page = null;

  const setCookie = (name, value) => {
    const age = value === null ? 0 : year;
    const secure = location.protocol === 'https:' ? '; secure' : '';
    document.cookie = `${name}=${value ?? ''}; path=/; max-age=${age}; samesite=lax${secure}`;
  };

  const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone ?? null;
  if (!document.cookie.includes('maildash.tz=') && zone()) {
    setCookie('maildash.tz', zone());
  }

  system.addEventListener('change', e => page?.invokeMethodAsync('SystemSchemeChangedAsync', e.matches));

  document.addEventListener('keydown', e => {
    if ((e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey && e.key.toLowerCase() === 'k') {
      const button = document.getElementById('search-button');
      if (button) {
        e.preventDefault();
        button.click();
      }
    }
  });

  window.maildash = {
    start(reference) {
      page = reference;
      return { timeZone: zone(), dark: system.matches };
    },
    stop() {
      page = null;
    },
    setCookie,
    setTheme(theme) {
      setCookie('maildash.theme', theme);
      apply();
    },
    focusSoon(id) {
      setTimeout(() => document.getElementById(id)?.focus(), 50);
    },
    submit(id) {
      document.getElementById(id)?.requestSubmit();
    },
    // The clipboard needs a secure context; a dashboard on http and a plain host name has the older way only.
    async copy(text) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        const area = document.createElement('textarea');
        area.value = text;
        area.className = 'visually-hidden';
        document.body.append(area);
        area.select();
        const done = document.execCommand('copy');
        area.remove();
        return done;
      }
    },
    download(name, type, text) {
      const url = URL.createObjectURL(new Blob([text], { type }));
      const link = Object.assign(document.createElement('a'), { href: url, download: name });
      link.click();
      URL.revokeObjectURL(url);
    },
  };

  const dialog = document.getElementById('components-reconnect-modal');
  const again = () => { if (document.visibilityState === 'visible') retry(); };
  async function retry() {
    document.removeEventListener('visibilitychange', again);
    try {
      if (!await Blazor.reconnect() && !await Blazor.resumeCircuit?.()) {
        location.reload();
      }
    } catch {
      document.addEventListener('visibilitychange', again);
    }
  }

  dialog?.addEventListener('components-reconnect-state-changed', e => {
    switch (e.detail.state) {
      case 'show': if (!dialog.open) dialog.showModal(); break;
      case 'hide': dialog.close(); break;
      case 'failed': document.addEventListener('visibilitychange', again); break;
      case 'rejected': location.reload(); break;
    }
  });
  document.getElementById('components-reconnect-button')?.addEventListener('click', retry);
  document.getElementById('components-resume-button')?.addEventListener('click', async () => {
    if (!await Blazor.resumeCircuit?.()) location.reload();
  });
})();
