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

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Id} ({violation.Impact}): {violation.Help}: {string.Join(" | ", violation.Nodes.Take(4).Select(n => n.Html))}";
}
