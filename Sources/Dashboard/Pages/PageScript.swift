/// The script of the live page: it follows the events of the server, fetches the live part anew, and
/// filters the list while one types. Without it the page still shows everything, once.
enum PageScript {
  static let text = """
    'use strict';
    const live = document.getElementById('live');
    const state = document.getElementById('state');
    const filter = document.getElementById('filter');
    let isBusy = false, isStale = false;

    function chosen() {
      return new Set([...live.querySelectorAll('input[name=run]:checked')].map(box => box.value));
    }

    async function refresh() {
      if (!live.dataset.part) return;
      if (isBusy) { isStale = true; return; }
      isBusy = true;
      try {
        const answer = await fetch(live.dataset.part + location.search, {cache: 'no-store'});
        if (answer.ok) {
          const kept = chosen();
          live.innerHTML = await answer.text();
          for (const box of live.querySelectorAll('input[name=run]')) {
            box.checked = kept.has(box.value);
          }
          live.dataset.refreshed = Number(live.dataset.refreshed || 0) + 1;
        }
      } catch { /* The server is away; the events tell when it is back. */ }
      isBusy = false;
      if (isStale) { isStale = false; refresh(); }
    }

    if (live && live.dataset.events) {
      const events = new EventSource(live.dataset.events);
      events.onopen = () => { state.textContent = 'live'; };
      events.onmessage = refresh;
      events.onerror = () => { state.textContent = 'waiting for the server'; };
    }

    if (filter) {
      let timer;
      const apply = () => {
        const query = new URLSearchParams(new FormData(filter));
        for (const [name, value] of [...query]) { if (!value) query.delete(name); }
        const text = query.toString();
        history.replaceState(null, '', text ? '?' + text : location.pathname);
        refresh();
      };
      filter.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(apply, 120); });
      filter.addEventListener('submit', event => { event.preventDefault(); apply(); });
    }

    """
}
