namespace MailDashboard.Web.Layout;

/// <summary>Light or dark for one open page: the reader's choice, else the system's.</summary>
public sealed class ReaderTheme
{
    private string? _chosen;
    private bool _systemIsDark;

    public bool IsDark => _chosen is null ? _systemIsDark : _chosen == "dark";

    /// <summary><c>light</c>, <c>dark</c>, or null for the system's.</summary>
    public string? Chosen => _chosen;

    public event Action? Changed;

    public void Use(ReaderSettings settings) => (_chosen, _systemIsDark) = (settings.Theme, settings.SystemIsDark);

    public void Choose(string? theme) => Change(() => _chosen = theme is "light" or "dark" ? theme : null);

    public void SystemIs(bool dark) => Change(() => _systemIsDark = dark);

    private void Change(Action change)
    {
        var before = (IsDark, _chosen);
        change();
        if (before != (IsDark, _chosen))
        {
            Changed?.Invoke();
        }
    }
}
