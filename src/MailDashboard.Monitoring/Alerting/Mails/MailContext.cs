using System.Globalization;

namespace MailDashboard.Monitoring.Alerting.Mails;

/// <summary>What every mail to readers of one language shares.</summary>
/// <param name="Culture">Their language.</param>
/// <param name="Organisation">Name from the settings.</param>
/// <param name="PublicUrl">The only base of links.</param>
public sealed record MailContext(CultureInfo Culture, string? Organisation, string? PublicUrl)
{
    internal MailTexts Texts => new(Culture);

    internal string? Link(string path) => PublicUrl is null ? null : PublicUrl + path;

    internal MailBody Why(MailBody body) =>
        body.Footer(Texts.Format("Footer.Why", Texts.Product(Organisation)), Texts["Footer.Change"]);
}
