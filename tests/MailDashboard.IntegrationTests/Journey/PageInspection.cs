using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using MailDashboard.IntegrationTests.Servers;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Journey;

/// <summary>Looks at a page as a strict visitor does: can everybody use it, does it fit, is every text there?</summary>
internal static class PageInspection
{
    // Also attributes that are read out. A name of ours that no text was found for has a capital and a full stop inside.
    private const string Keys = """
        () => {
          const key = /^[A-Z][A-Za-z]+(\.[A-Za-z0-9]+)+$/;
          const found = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const text = walker.currentNode.data.trim();
            if (key.test(text) && !walker.currentNode.parentElement.closest('code, script')) { found.push(text); }
          }
          for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
            for (const name of ['aria-label', 'title', 'placeholder']) {
              const text = element.getAttribute(name);
              if (text && key.test(text.trim())) { found.push(text); }
            }
          }
          return found;
        }
        """;

    private const string Overflow = """
        () => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) { return []; }
          return [...document.querySelectorAll('main *')]
            .filter(e => e.getBoundingClientRect().right > width + 1 && !e.parentElement.closest('.board-frame, .table-frame'))
            .slice(0, 4).map(e => `${e.tagName.toLowerCase()}.${e.className} ends at ${Math.round(e.getBoundingClientRect().right)} of ${width}`);
        }
        """;

    // Everything in the page that a keyboard must reach, numbered; a group of radio buttons is one.
    private const string NumberStops = """
        () => {
          const seen = e => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
          const groups = new Set();
          let count = 0;
          for (const e of document.querySelectorAll('main a[href], main button, main input, main select, main textarea, main summary, main [tabindex="0"]')) {
            if (e.disabled || e.tabIndex < 0 || !seen(e) || (e.type === 'radio' && groups.has(e.name))) { continue; }
            if (e.type === 'radio') { groups.add(e.name); }
            e.dataset.stop = count++;
          }
          return count;
        }
        """;

    // Noted by the page itself as the focus passes: to ask after each key would take as long again.
    private const string NoteFocus = """
        () => {
          window.passed = [];
          document.addEventListener('focusin', ({ target: e }) => {
            const style = getComputedStyle(e);
            window.passed.push({ stop: e.dataset.stop ?? (e.type === 'radio' ? document.querySelector(`[name="${e.name}"][data-stop]`)?.dataset.stop : null) ?? null,
              marked: style.outlineStyle !== 'none' || style.boxShadow !== 'none' || getComputedStyle(e.parentElement).outlineStyle !== 'none', html: e.outerHTML.slice(0, 100) });
          });
        }
        """;

    private static readonly AxeRunOptions Wcag = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
        ResultTypes = [ResultType.Violations],
    };

    /// <summary>Waits until the page has its content, keeps a picture of it, and names what is wrong.</summary>
    /// <returns>One sentence for each fault.</returns>
    public static async Task<IReadOnlyList<string>> InspectAsync(this BrowserSession session, string name)
    {
        var page = session.Page;
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main [aria-busy='true'], main .skeleton, main .list-skeleton")).ToHaveCountAsync(0);
        await session.ScreenshotAsync(name);
        var axe = await page.RunAxe(Wcag);
        return
        [
            .. axe.Violations.Where(v => v.Impact is "serious" or "critical").Select(v => Describe(v)),
            .. (await page.EvaluateAsync<string[]>(Keys)).Select(key => $"no text for {key}"),
            .. (await page.EvaluateAsync<string[]>(Overflow)).Select(element => $"too wide: {element}"),
        ];
    }

    /// <summary>Narrow, and at 200 % of 1280: whatever ends outside is named, with a picture.</summary>
    public static async Task<IReadOnlyList<string>> FitsAsync(this BrowserSession session, string name)
    {
        var faults = new List<string>();
        foreach (var width in new[] { 640, 390 })
        {
            await session.Page.SetViewportSizeAsync(width, 844);

            // The window's new width arrives a moment before its new layout.
            await session.Page.WaitForFunctionAsync("w => innerWidth === w && getComputedStyle(document.body).width === `${w}px`", width);
            var outside = await session.Page.EvaluateAsync<string[]>(Overflow);
            if (outside.Length > 0)
            {
                await session.ScreenshotAsync($"{name}-{width}");
                faults.AddRange(outside.Select(element => $"at {width}: {element}"));
            }
        }

        await session.Page.SetViewportSizeAsync(1280, 900);
        return faults;
    }

    /// <summary>Goes through the page with the Tab key: everything is reached, and seen to be.</summary>
    public static async Task<IReadOnlyList<string>> TabThroughAsync(this BrowserSession session)
    {
        var page = session.Page;
        var count = await page.EvaluateAsync<int>(NumberStops);
        var missing = Enumerable.Range(0, count).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToHashSet();
        var faults = new List<string>();
        await page.Locator("main").FocusAsync();
        await page.EvaluateAsync(NoteFocus);
        foreach (var presses in (int[])[count, 20])
        {
            for (var i = 0; i < presses && missing.Count > 0; i++)
            {
                await page.Keyboard.PressAsync("Tab");
            }

            foreach (var passed in (await page.EvaluateAsync<System.Text.Json.JsonElement>("() => window.passed.splice(0)")).EnumerateArray())
            {
                if (passed.GetProperty("stop").GetString() is { } stop && missing.Remove(stop) && !passed.GetProperty("marked").GetBoolean())
                {
                    faults.Add($"the focus is not seen on {passed.GetProperty("html").GetString()}");
                }
            }
        }

        foreach (var stop in missing.Take(4))
        {
            faults.Add($"not reached by Tab: {(await page.Locator($"[data-stop='{stop}']").First.EvaluateAsync<string>("e => e.outerHTML.slice(0, 100)"))}");
        }

        return faults;
    }

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Id} ({violation.Impact}): {violation.Help}: {string.Join(" | ", violation.Nodes.Take(4).Select(n => n.Html))}";
}
