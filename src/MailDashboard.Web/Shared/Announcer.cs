namespace MailDashboard.Web.Shared;

/// <summary>Tells screen readers what changed without moving anything: the text of the page's <c>aria-live</c> region.</summary>
public sealed class Announcer
{
    public string Current { get; private set; } = "";

    public event Action? Changed;

    public void Say(string text)
    {
        Current = text;
        Changed?.Invoke();
    }
}
