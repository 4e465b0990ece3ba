using System.Diagnostics;
using Microsoft.Playwright;

namespace MailDashboard.IntegrationTests.Journey;

/// <summary>A person in front of the set-up: counts what hands and eyes have to do, and what was waited for.</summary>
internal sealed class WizardHand(IPage page)
{
    /// <summary>Of a calm person, in seconds.</summary>
    private const double ClickSeconds = 1.1;

    private const double KeySeconds = 0.28;

    private const double WordsASecond = 200 / 60.0;

    /// <summary>Everything of the task that is read before one goes on: no values, nothing folded away, no list that is searched, no check that runs.</summary>
    private const string CountWords = """
        selector => {
          const task = document.querySelector(selector).cloneNode(true);
          task.querySelectorAll('code, time, option, dl.record, .wizard__providers, details:not([open]), .progress, .visually-hidden').forEach(e => e.remove());
          return task.textContent.split(/\s+/).filter(w => w.length > 0).length;
        }
        """;

    /// <summary>What of a promised time is the dashboard's own. On a machine that does much besides, what was waited for says nothing.</summary>
    private static readonly TimeSpan Machine = TimeSpan.FromSeconds(15);

    private readonly List<string> steps = [];

    public int Clicks { get; private set; }

    public int Keys { get; private set; }

    public int Words { get; private set; }

    public TimeSpan Waits { get; private set; }

    /// <summary>What hands and eyes take, whatever the machine does meanwhile.</summary>
    public TimeSpan Person => TimeSpan.FromSeconds((Clicks * ClickSeconds) + (Keys * KeySeconds) + (Words / WordsASecond));

    public ILocator Title => page.Locator("main h1");

    public async Task ClickAsync(ILocator target)
    {
        Clicks++;
        await target.ClickAsync();
    }

    public Task PressAsync(string button) => ClickAsync(page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }));

    /// <summary>Puts the cursor there and types.</summary>
    public async Task TypeAsync(ILocator field, string text)
    {
        (Clicks, Keys) = (Clicks + 1, Keys + text.Length);
        await field.FillAsync(text);
    }

    /// <summary>Puts the cursor there and pastes what was copied from elsewhere: two keys.</summary>
    public async Task PasteAsync(ILocator field, string text)
    {
        (Clicks, Keys) = (Clicks + 1, Keys + 2);
        await field.FillAsync(text);
    }

    public async Task EnterAsync(ILocator field)
    {
        Keys++;
        await field.PressAsync("Enter");
    }

    /// <summary>Whoever does this is through within the time.</summary>
    public void KeepsWithin(TimeSpan promised) => Assert.InRange(Person, TimeSpan.Zero, promised - Machine);

    /// <summary>Waits for a step, with the focus on its heading, and reads it.</summary>
    /// <param name="title">What the heading says.</param>
    /// <param name="isSkipped">The paragraph below it says that it can be skipped, and nothing else is read.</param>
    public async Task ArriveAsync(string title, bool isSkipped = false)
    {
        await WaitAsync(() => Assertions.Expect(Title).ToHaveTextAsync(title));
        await Assertions.Expect(Title).ToBeFocusedAsync();
        await WaitAsync(() => Assertions.Expect(page.Locator(".wizard__task .skeleton")).ToHaveCountAsync(0));
        var words = await page.EvaluateAsync<int>(CountWords, isSkipped ? ".page-header" : ".wizard__task");
        Words += words;
        steps.Add($"{title} {words}");
    }

    /// <summary>Reads what came up meanwhile.</summary>
    public async Task ReadAsync(string selector) => Words += await page.EvaluateAsync<int>(CountWords, selector);

    public async Task WaitAsync(Func<Task> until)
    {
        var started = Stopwatch.GetTimestamp();
        await until();
        Waits += Stopwatch.GetElapsedTime(started);
    }

    public override string ToString() => $"{Clicks} clicks, {Keys} keys, {Words} words, waits {Waits.TotalSeconds:0.0} s: {Person + Waits:m\\:ss} ({string.Join(", ", steps)})";
}
