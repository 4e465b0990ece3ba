using MailDashboard.Mail.Connecting;
using MailDashboard.Mail.Providers;
using MailDashboard.Mail.Sending;
using MailDashboard.Mail.SigningIn.OAuth;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;

namespace MailDashboard.Web.Profiles;

/// <summary>A sending profile while somebody types it.</summary>
public sealed class ProfileForm : AccountForm
{
    public ProfileForm(ProfileView? profile)
        : base(profile?.Security ?? ServerSecurity.StartTls, profile?.Port)
    {
        if (profile is null)
        {
            return;
        }

        Begin(profile.Name, profile.Host, profile.SignIn);
        Preset = profile.Preset;
        (SenderAddress, SenderName) = (profile.SenderAddress, profile.SenderName);
        (PerMinute, PerHour, PerDay, Connections) = (profile.Limits.PerMinute, profile.Limits.PerHour, profile.Limits.PerDay, profile.Limits.Connections);
        Domains = [.. profile.DomainIds];
    }

    public override TokenPurpose Purpose => TokenPurpose.Send;

    /// <summary>Id of the provider that it was filled in from; null for an own server.</summary>
    public string? Preset { get; private set; }

    public string SenderAddress { get; set; } = "";

    public string? SenderName { get; set; }

    public int? PerMinute { get; set; }

    public int? PerHour { get; set; }

    public int? PerDay { get; set; }

    public int? Connections { get; set; }

    /// <summary>Ids of the domains whose mail goes by it.</summary>
    public HashSet<int> Domains { get; } = [];

    /// <summary>Fills in where the provider takes mail, and how one signs in there.</summary>
    /// <returns>False where what the user has to copy from its console is missing.</returns>
    public bool Use(ChosenProvider chosen)
    {
        var endpoint = chosen.Provider.Recommended;
        if (chosen.Fill(endpoint.Host, "").Text is not { } host)
        {
            return false;
        }

        Preset = chosen.Provider.Kind == ProviderKind.Own ? null : chosen.Provider.Id;
        Take(host, endpoint.Port, endpoint.Security);
        var best = chosen.Provider.Authentication.FirstOrDefault();
        Kind = best == ProviderAuthentication.Password ? SignInKind.Password : SignInKind.OAuth;
        if (best == ProviderAuthentication.OAuth2Google)
        {
            FillGoogle();
        }
        else if (best == ProviderAuthentication.OAuth2Microsoft)
        {
            FillMicrosoft();
        }

        return true;
    }

    public ProfileDraft Draft() => Fill(new ProfileDraft
    {
        Preset = Preset,
        SenderAddress = SenderAddress,
        SenderName = SenderName,
        Limits = new SendingLimits(PerMinute, PerHour, PerDay, Connections),
        DomainIds = [.. Domains],
    });

    protected override int UsualPort(ServerSecurity security) => security switch
    {
        ServerSecurity.ImplicitTls => 465,
        ServerSecurity.StartTls => 587,
        _ => 25,
    };
}
