using MailDashboard.Monitoring.Outbox;
using MailDashboard.Monitoring.Scheduling;
using MudBlazor;

namespace MailDashboard.Web.Shared;

/// <summary>Something that an administrator has to mend.</summary>
/// <param name="Key">Of its text; <c>{Key}.Do</c> is the way to mend it.</param>
/// <param name="Tone"><c>warning</c>, <c>error</c> or <c>unknown</c>.</param>
/// <param name="Since">Fills the text's <c>{0}</c>.</param>
/// <param name="Name">Fills its <c>{1}</c>.</param>
internal sealed record BannerFact(string Key, string Tone, string Icon, string Href, DateTimeOffset? Since = null, string Name = "")
{
    private const int MostNamed = 3;

    /// <summary>What is to be shown: one step of the set-up of sending at a time, and each trouble of our own.</summary>
    public static IReadOnlyList<BannerFact> Of(OutboxHealth outbox, SchedulerView scheduler)
    {
        var facts = new List<BannerFact>();
        if (scheduler.ResolverDownSince is { } down)
        {
            facts.Add(new("Banner.Resolver", "unknown", Icons.Material.Outlined.CloudOff, "settings/resolver", down));
        }

        if (MailFact(outbox) is { } mail)
        {
            facts.Add(mail);
        }

        if (outbox.FailingChannels is [var first, ..] failing)
        {
            facts.Add(new("Banner.Channel", "error", Icons.Material.Filled.Error, "settings/channels", first.Since, string.Join(", ", failing.Take(MostNamed).Select(c => c.Name))));
        }

        if (scheduler.IsPort25Blocked)
        {
            facts.Add(new("Banner.Port25", "unknown", Icons.Material.Outlined.Block, "settings/resolver"));
        }

        return facts;
    }

    private static BannerFact? MailFact(OutboxHealth outbox) => outbox switch
    {
        { HasProfile: true, IsFailing: true } => new("Banner.Failing", "error", Icons.Material.Filled.Error, "settings/sending", outbox.FailingSince),

        // Other channels reach people, and no rule asks for e-mail.
        { NeedsMail: false } => null,
        { HasProfile: false } => new("Banner.NoProfile", "warning", Icons.Material.Outlined.Outbox, "profiles/add"),
        { HasRecipient: false } => new("Banner.NoRecipient", "warning", Icons.Material.Outlined.ForwardToInbox, "settings/recipients"),
        { HasDeliveredTest: false } => new("Banner.NoTest", "warning", Icons.Material.Outlined.Send, "settings/sending"),
        _ => null,
    };
}
