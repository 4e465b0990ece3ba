namespace MailDashboard.Monitoring.Reports;

/// <summary>Colours on white, where no style sheet of the product is at hand; each is beside its word.</summary>
internal static class ReportColours
{
    public const string Text = "#1b2430";
    public const string Muted = "#5b6b7b";
    public const string Line = "#e3e6ea";
    public const string Accent = "#2f6fb3";
    public const string Urgent = "#b3261e";

    public static string Of(string grade) => grade switch
    {
        "A" => "#1f7a4d",
        "B" => "#2f6fb3",
        "C" => "#9a6700",
        "D" => "#c4501b",
        _ => Urgent,
    };
}
