// What only the browser can do: its time zone, the clipboard, a shortcut, cookies, and the dialog shown while reconnecting.
(() => {
  const { apply, system } = window.maildashTheme;
  const year = 31536000;
  let page = null;
  let opener = null;
  let giving = 0;

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

  // The router scrolls to a fragment and leaves the focus where it was; who skips wants to go on from there.
  document.addEventListener('click', e => { if (e.target.closest('.skip-link')) window.maildash.focus('#main'); });

  // A box that sends itself: Enter on a single line, Ctrl+Enter on any.
  document.addEventListener('keydown', e => {
    if (e.key !== 'Enter' || e.isComposing || !e.target.matches?.('textarea[data-submit-keys]')) return;
    if (e.ctrlKey || e.metaKey || (!e.shiftKey && !e.target.value.includes('\n'))) {
      e.preventDefault();
      e.target.form?.requestSubmit();
    }
  });

  // The drawer of narrow windows.
  const drawerIsOpen = () => document.querySelector('.shell--menu') !== null;
  const closeDrawer = () => { if (drawerIsOpen()) page?.invokeMethodAsync('CloseDrawerAsync'); };
  document.addEventListener('keydown', e => { if (e.key === 'Escape') closeDrawer(); });
  matchMedia('(width >= 1280px)').addEventListener('change', closeDrawer);

  // What was typed and not sent: put back when a restarted server has the page loaded again. Never a password.
  const typedKey = 'maildash.typed';
  const typed = new Set();
  document.addEventListener('input', e => {
    if (e.target.id && e.target.type !== 'password' && e.target.closest('main form')) typed.add(e.target);
  });
  document.addEventListener('submit', e => {
    for (const field of typed) if (e.target.contains(field)) typed.delete(field);
  });
  const startAgain = () => {
    const fields = [...typed].filter(f => f.isConnected).map(f => ({ id: f.id, value: f.value, checked: f.checked }));
    if (fields.length > 0) {
      sessionStorage.setItem(typedKey, JSON.stringify({ path: location.pathname, fields }));
    }
    location.reload();
  };
  const putBack = () => {
    const kept = JSON.parse(sessionStorage.getItem(typedKey) ?? 'null');
    sessionStorage.removeItem(typedKey);
    if (kept?.path !== location.pathname) return;
    let waiting = kept.fields;
    const until = Date.now() + 8000;
    const timer = setInterval(() => {
      waiting = waiting.filter(kept => {
        const field = document.getElementById(kept.id);
        if (!field) return true;
        field.value = kept.value;
        if (field.type === 'checkbox') field.checked = kept.checked;
        typed.add(field);
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.dispatchEvent(new Event('change', { bubbles: true }));
        document.getElementById('restored').hidden = false;
        return false;
      });
      if (waiting.length === 0 || Date.now() > until) clearInterval(timer);
    }, 100);
  };
  document.getElementById('restored-close')?.addEventListener('click', () => { document.getElementById('restored').hidden = true; });

  window.maildash = {
    start(reference) {
      page = reference;
      putBack();
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
    // What was hidden or inert a moment ago cannot take the focus yet: tried until it does, for a second.
    focus(selector) {
      const until = Date.now() + 1000;
      const attempt = () => {
        const target = document.querySelector(selector);
        if (target && target.tabIndex < 0 && !target.hasAttribute('tabindex')) target.setAttribute('tabindex', '-1');
        target?.focus();
        if (document.activeElement !== target && Date.now() < until) setTimeout(attempt, 50);
      };
      setTimeout(attempt, 50);
    },
    // A dialog takes the focus from what opened it, and gives it back; where that is gone, or another page is there, its heading has it.
    takeFocus(selector) {
      // What an earlier dialog gives back at this moment would be taken from this one.
      clearTimeout(giving);
      opener = document.activeElement;
      document.querySelector(selector)?.focus();
    },
    giveFocusBack() {
      const until = Date.now() + 1500;
      const attempt = () => {
        const has = document.activeElement;
        if (has && has !== document.body && has !== opener && !has.closest('.mud-dialog-container')) return;
        if (!opener?.isConnected) {
          window.maildash.focus('main h1');
          return;
        }
        // It may be removed with its row a moment later.
        if (has !== opener) opener.focus();
        if (Date.now() < until) giving = setTimeout(attempt, 50);
      };
      giving = setTimeout(attempt, 50);
    },
    // A field of a dialog: the focus stays in the dialog while it is open. On a slow machine the page behind it, just
    // navigated to, takes the focus for its heading a moment after the dialog opened.
    focusInDialog(id) {
      clearTimeout(giving);
      const hold = e => {
        const field = document.getElementById(id);
        if (!field) document.removeEventListener('focusin', hold);
        else if (!field.closest('.mud-dialog-container')?.contains(e.target)) field.focus();
      };
      document.addEventListener('focusin', hold);
      window.maildash.focus(`#${id}`);
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
        startAgain();
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
      case 'rejected': startAgain(); break;
    }
  });
  document.getElementById('components-reconnect-button')?.addEventListener('click', retry);
  document.getElementById('components-resume-button')?.addEventListener('click', async () => {
    if (!await Blazor.resumeCircuit?.()) startAgain();
  });
})();
