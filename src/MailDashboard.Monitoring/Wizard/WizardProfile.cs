using MailDashboard.Mail.Providers;
using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Profiles;

namespace MailDashboard.Monitoring.Wizard;

/// <summary>The profile of a set-up: proposed from the provider, and kept with the domains and limits that go by it.</summary>
public sealed class WizardProfile(ProfileStore profiles)
{
    /// <summary>Longest month, in days: what a month allows, spread so that it lasts.</summary>
    private const int DaysOfAMonth = 31;

    /// <summary>What is known without asking. Pure.</summary>
    public static ProfileDraft Propose(DomainName domain, ChosenProvider? chosen)
    {
        var draft = new ProfileDraft { Name = domain.Display, SenderAddress = $"postmaster@{domain.Ascii}" };
        if (chosen is null)
        {
            return draft;
        }

        var endpoint = chosen.Provider.Recommended;
        return draft with
        {
            Preset = chosen.Provider.Id,
            Host = chosen.Fill(endpoint.Host, domain.Ascii).Text ?? "",
            Port = endpoint.Port,
            Security = endpoint.Security,
            Limits = Limits(chosen.Provider),
        };
    }

    /// <summary>A provider's limits as ours: the tightest that says the same. Pure.</summary>
    public static SendingLimits Limits(MailProvider provider)
    {
        int? Least(params (ProviderLimitKind Kind, Func<int, int> As)[] kinds) =>
            kinds.SelectMany(k => provider.Limits.Where(l => l.Kind == k.Kind).Select(l => Math.Max(1, k.As(l.Value)))).Select(v => (int?)v).Min();

        return new SendingLimits(
            Least((ProviderLimitKind.MessagesPerMinute, v => v), (ProviderLimitKind.MessagesPerSecond, v => v * 60)),
            Least((ProviderLimitKind.MessagesPerHour, v => v)),
            Least((ProviderLimitKind.MessagesPerDay, v => v), (ProviderLimitKind.RecipientsPerDay, v => v), (ProviderLimitKind.MessagesPerMonth, v => v / DaysOfAMonth)));
    }

    /// <summary>Says that the domain's mail goes by a stored profile.</summary>
    public Task<ProfileSaved> AdoptAsync(ProfileView profile, int domainId, CancellationToken cancellationToken) =>
        profiles.SaveAsync(profile.Id, DraftOf(profile) with { DomainIds = [.. profile.DomainIds.Union([domainId])] }, cancellationToken);

    /// <summary>Has a stored profile keep to limits.</summary>
    public Task<ProfileSaved> LimitAsync(ProfileView profile, int? perMinute, int? perDay, CancellationToken cancellationToken) =>
        profiles.SaveAsync(profile.Id, DraftOf(profile) with { Limits = profile.Limits with { PerMinute = perMinute, PerDay = perDay } }, cancellationToken);

    /// <summary>A stored profile as typed again: its secrets are kept where they are empty.</summary>
    public static ProfileDraft DraftOf(ProfileView profile) => new()
    {
        Name = profile.Name,
        Preset = profile.Preset,
        Host = profile.Host,
        Port = profile.Port,
        Security = profile.Security,
        SignInKind = profile.SignIn.Kind,
        UserName = profile.SignIn.UserName,
        OAuthGrant = profile.SignIn.Grant ?? default,
        TokenEndpoint = profile.SignIn.TokenEndpoint,
        AuthorizationEndpoint = profile.SignIn.AuthorizationEndpoint,
        DeviceEndpoint = profile.SignIn.DeviceEndpoint,
        ClientId = profile.SignIn.ClientId,
        Scope = profile.SignIn.Scope,
        SenderAddress = profile.SenderAddress,
        SenderName = profile.SenderName,
        Limits = profile.Limits,
        DomainIds = profile.DomainIds,
    };
}
