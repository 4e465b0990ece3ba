namespace MailDashboard.Checks.Spf;
/// <summary>x</summary>
public sealed record SpfTree;
