using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Placement;
using MailDashboard.Web.Shared;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Messages;

/// <summary>Says what a run came to.</summary>
internal static class PlacementWords
{
    public static string Result(PlacementRunView run, IStringLocalizer<MessagesTexts> texts)
    {
        if (run.EndedAt is null)
        {
            return texts.Count("Run.UnderWay", run.Count(Placement.Waiting));
        }

        var unknown = run.Seeds.Length - run.Determined;
        var said = run.Determined == 0 ? texts["Run.NothingKnown"].Value : texts.Count("Run.Inbox", run.Count(Placement.Inbox), run.Determined);
        return run.Determined > 0 && unknown > 0 ? $"{said} {texts.Count("Run.Unknown", unknown)}" : said;
    }

    /// <summary>What is worst stands first.</summary>
    public static int Rank(PlacementSeedView seed) => seed.Placement switch
    {
        Placement.Spam => 0,
        Placement.Missing => 1,
        Placement.Elsewhere => 2,
        Placement.NotSent or Placement.Unknown => 3,
        Placement.Waiting => 4,
        _ => 5,
    };

    /// <summary>"12 s", "3 min".</summary>
    public static string Took(TimeSpan took, IStringLocalizer<MessagesTexts> texts) =>
        took < TimeSpan.FromMinutes(2) ? texts["Took.Seconds", (int)took.TotalSeconds] : texts["Took.Minutes", (int)took.TotalMinutes];
}
