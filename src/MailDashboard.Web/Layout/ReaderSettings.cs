namespace MailDashboard.Web.Layout;

/// <summary>How the reader wants pages, carried from the first response into the circuit.</summary>
/// <param name="Theme"><c>light</c> or <c>dark</c>; null follows the system.</param>
/// <param name="SystemIsDark">What the system preferred at the last visit.</param>
/// <param name="TimeZone">IANA id; null until the browser has said.</param>
public sealed record ReaderSettings(string? Theme, bool SystemIsDark, string? TimeZone)
{
    public bool IsDark => Theme is null ? SystemIsDark : Theme == "dark";
}
