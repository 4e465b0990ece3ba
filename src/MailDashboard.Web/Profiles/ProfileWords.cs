using System.Globalization;
using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Profiles;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Profiles;

/// <summary>Sentences about profiles that more than one page says.</summary>
internal static class ProfileWords
{
    /// <summary>"20 a minute, 500 a day".</summary>
    public static string Limits(IStringLocalizer<ProfileTexts> texts, SendingLimits limits)
    {
        var parts = new (string Key, int? Most)[] { ("Limit.Minute", limits.PerMinute), ("Limit.Hour", limits.PerHour), ("Limit.Day", limits.PerDay), ("Limit.Connections", limits.Connections) }
            .Where(l => l.Most is not null)
            .Select(l => texts[l.Key, l.Most!.Value.ToString("N0", CultureInfo.CurrentCulture)].Value)
            .ToList();
        return parts.Count == 0 ? texts["Limit.None"] : string.Join(", ", parts);
    }

    /// <summary>How things stand, in one sentence.</summary>
    public static string Answer(IStringLocalizer<ProfileTexts> texts, ProfileView? profile) => profile switch
    {
        null => texts["Profile.New"],
        { Health: { FailingSince: not null, IsConfirmed: true } } => texts["Profile.Fails"],
        { LastTestAt: { } at, LastTestOkAt: var ok } when ok != at => texts["Profile.TestFailed"],
        { LastTestOkAt: not null } => texts["Profile.Works"],
        _ => texts["Profile.Untested"],
    };

    /// <summary>What a person gives up by removing a profile.</summary>
    /// <param name="others">Every other profile.</param>
    /// <param name="domains">Names of the domains whose mail goes by it.</param>
    public static string Depends(IStringLocalizer<ProfileTexts> texts, ProfileView profile, IReadOnlyList<ProfileView> others, IReadOnlyList<string> domains)
    {
        const int MostNamed = 5;
        var said = new List<string>();
        if (profile.SendsNotices)
        {
            said.Add(others.OrderBy(o => o.Id).FirstOrDefault() is { } next ? texts["Remove.Notices", next.Name] : texts["Remove.NoticesWait"]);
        }

        if (domains.Count > 0)
        {
            said.Add(texts["Remove.Domains", string.Join(", ", domains.Take(MostNamed)) + (domains.Count > MostNamed ? "…" : "")]);
        }

        said.Add(texts["Remove.Secrets"]);
        return string.Join(' ', said);
    }
}
