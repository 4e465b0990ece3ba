namespace MailDashboard.IntegrationTests.Servers;

/// <summary>How a page is looked at.</summary>
public sealed record BrowserOptions
{
    public string Locale { get; init; } = "en-GB";

    public int Width { get; init; } = 1280;

    public int Height { get; init; } = 900;

    public bool Dark { get; init; }

    /// <summary>Console errors that the test expects, by what they contain.</summary>
    public IReadOnlyList<string> ExpectedErrors { get; init; } = [];
}
