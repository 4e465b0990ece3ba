// Loaded before anything is painted: the right colours from the first pixel on.
(() => {
  const root = document.documentElement;
  const cookie = name => document.cookie.split('; ').find(c => c.startsWith(name + '='))?.slice(name.length + 1);
  const system = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const chosen = cookie('maildash.theme');
    root.dataset.theme = chosen === 'light' || chosen === 'dark' ? chosen : system.matches ? 'dark' : 'light';
  };
  const remember = () => {
    document.cookie = `maildash.scheme=${system.matches ? 'dark' : 'light'}; path=/; max-age=31536000; samesite=lax`;
    apply();
  };
  system.addEventListener('change', remember);
  remember();
  window.maildashTheme = { apply, system };
})();
