using System.Collections.Immutable;
using MailDashboard.Checks.Blocklists;

namespace MailDashboard.Monitoring.Alerting.Mails;

/// <summary>What a mail says about one listing.</summary>
/// <param name="AlertId">For the link.</param>
/// <param name="Details">The list's answer and what it means.</param>
/// <param name="Domains">Every domain behind it, as people read them.</param>
/// <param name="Since">When we saw it first.</param>
public sealed record ListingFacts(long AlertId, ListingDetails Details, ImmutableArray<string> Domains, DateTimeOffset Since)
{
    private const int MostDomains = 100;

    internal bool IsAddress => System.Net.IPAddress.TryParse(Details.Subject, out _);

    /// <summary>"192.0.2.10 (example.org)", "192.0.2.10 (example.org and 39 more)"; a listed domain is not said twice.</summary>
    internal string Name(MailTexts texts) => Domains switch
    {
        [] => Details.Subject,
        [var only] when only == Details.Subject => only,
        [var only] => $"{Details.Subject} ({only})",
        [var first, ..] => $"{Details.Subject} ({first} {texts.More(Domains.Length - 1)})",
    };

    internal string AllDomains(MailTexts texts) =>
        Domains.Length <= MostDomains ? string.Join(", ", Domains) : $"{string.Join(", ", Domains.Take(MostDomains))} {texts.More(Domains.Length - MostDomains)}";

    internal string Effect(MailTexts texts)
    {
        var weight = Details.Weight is ListWeight.Critical or ListWeight.High ? Details.Weight : ListWeight.Medium;
        return texts[$"Effect.{(IsAddress ? "address" : "domain")}.{Word(weight)}"];
    }

    internal (string Label, string? Value)[] Rows(MailTexts texts, DateTimeOffset? until = null) =>
    [
        (texts[IsAddress ? "Label.address" : "Label.domain"], Details.Subject),
        (texts["Label.domains"], AllDomains(texts)),
        (texts["Label.list"], Details.ListName == Details.Zone ? Details.Zone : $"{Details.ListName} ({Details.Zone})"),
        (texts["Label.answer"], Details.Answer),
        (texts["Label.meaning"], Details.Meaning.In(texts.Culture)),
        (texts["Label.text"], Details.Text),
        (texts["Label.weight"], texts[$"Weight.{Word(Details.Weight)}"]),
        (texts["Label.since"], texts.Time(Since)),
        (texts["Label.until"], until is { } end ? texts.Time(end) : null),
        (texts["Label.removal"], until is null ? Details.RemovalUrl : null),
    ];

    internal string Removal(MailTexts texts) =>
        Details.RemovalUrl is { } url ? texts.Format("Todo.Removal", url) : texts["Todo.NoRemoval"];

    private static string Word(ListWeight weight) => weight.ToString().ToLowerInvariant();
}
