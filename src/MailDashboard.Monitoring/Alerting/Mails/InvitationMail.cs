using System.Globalization;

namespace MailDashboard.Monitoring.Alerting.Mails;

/// <summary>A link with which the owner of a new account chooses the first password.</summary>
/// <param name="organisation">Name from the settings.</param>
/// <param name="address">What they sign in with.</param>
/// <param name="role">What they may do, one of <see cref="Persistence.Entities.AppRoles"/>.</param>
/// <param name="link">Complete, below the public URL.</param>
/// <param name="validDays">How long it works.</param>
public sealed class InvitationMail(string? organisation, string address, string role, string link, int validDays)
{
    public ComposedMail Compose(CultureInfo culture)
    {
        var texts = new MailTexts(culture);
        var product = texts.Product(organisation);
        return new MailBody(culture)
            .Fact(texts.Format("Invitation.Fact", product))
            .Paragraph(texts[$"Invitation.Role.{role}"])
            .Paragraph(texts.Format("Invitation.Todo", validDays, address))
            .Button(texts["Button.Invitation"], link)
            .Footer(texts.Format("Invitation.Why", product))
            .Close(texts.Format("Invitation.Subject", product));
    }
}
