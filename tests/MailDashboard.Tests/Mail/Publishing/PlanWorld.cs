using System.Collections.Immutable;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Mail.Providers;
using MailDashboard.Mail.Publishing;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Mail.Publishing;

/// <summary>Makes plans over DNS out of memory.</summary>
internal static class PlanWorld
{
    public const string Domain = "harbour.example";

    public static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    public static PublishingRequest Request(MailRoles? roles = null) => new(Domain, Domain, roles ?? MailRoles.Both);

    public static ChosenProvider Choose(string id, params (string Key, string Value)[] entries) =>
        new(ProviderCatalogue.Find(id)!, entries.ToImmutableDictionary(e => e.Key, e => e.Value));

    public static async Task<PublishingPlan> PlanAsync(PublishingRequest request, IDnsResolver dns, string? policy = null)
    {
        var token = TestContext.Current.CancellationToken;
        var current = await CurrentRecords.AskAsync(request, dns, token);
        return await PublishingPlanner.PlanAsync(request, current with { MtaStsPolicy = policy }, dns, token);
    }

    public static async Task<PlannedRecord> PlanAsync(PlanPart part, PublishingRequest request, FakeDns dns) =>
        Assert.Single((await PlanAsync(request, dns)).Records, r => r.Part == part);

    /// <summary>The value of a record that has one.</summary>
    public static string Value(this PlannedRecord record) => Assert.Single(record.Values);

    public static IEnumerable<string> NoteKeys(this PlannedRecord record) => record.Notes.Select(n => n.Key);
}
