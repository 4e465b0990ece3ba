using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using MailDashboard.Checks;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Smtp;
using MailDashboard.Checks.Texts;
using Microsoft.Extensions.Time.Testing;

namespace MailDashboard.Tests.Fakes;

/// <summary>Runs one family that needs nothing but DNS.</summary>
public static partial class DnsOnlyAudit
{
    /// <summary>Runs it; a connection of any kind, or a text with a placeholder that nothing fills, fails the test.</summary>
    public static async Task<CheckOutcome> RunAsync(ICheckFamily family, IDnsResolver dns, AuditTarget target)
    {
        var outcome = await family.RunAsync(Context(dns, target, family), TestContext.Current.CancellationToken);
        foreach (var finding in outcome.Findings)
        {
            var text = FindingTexts.Render(family.Descriptor, finding, target.Domain, CultureInfo.GetCultureInfo("en"));
            Assert.All([text.Title, text.Explanation, .. text.Remedy], part => Assert.False(Placeholder().IsMatch(part), $"{finding.Code}: {part}"));
        }

        return outcome;
    }

    /// <summary>The context that such a family sees, run alone: nobody else says that a domain of the fake DNS does not exist.</summary>
    public static AuditContext Context(IDnsResolver dns, AuditTarget target, ICheckFamily family) => new(
        target,
        new AuditOptions { Families = [family.Descriptor.Id] },
        dns,
        new NoSmtp(),
        new NoPort25(),
        BlocklistSettings.Default,
        new FakeTimeProvider(),
        TestContext.Current.CancellationToken);

    /// <summary>The codes said, sorted, with a space between them: one more or one fewer fails a comparison.</summary>
    public static string Codes(this CheckOutcome outcome) => string.Join(' ', outcome.Findings.Select(f => f.Code).Order(StringComparer.Ordinal));

    /// <summary>The finding of a code.</summary>
    public static Finding Finding(this CheckOutcome outcome, string code) => Assert.Single(outcome.Findings, f => f.Code == code);

    /// <summary>The level of a subtest: <c>-</c> where it does not apply, <c>?</c> where it is undetermined.</summary>
    public static string Grade(this CheckOutcome outcome, string subtest)
    {
        var grade = Assert.Single(outcome.Details.Grades, g => g.Subtest == subtest);
        return grade.IsApplicable ? grade.Level ?? "?" : "-";
    }

    [GeneratedRegex(@"\{[A-Za-z0-9]+\}")]
    private static partial Regex Placeholder();

    private sealed class NoSmtp : ISmtpProbe
    {
        public Task<SmtpObservation> ProbeAsync(string host, IPAddress address, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("A DNS family connected to a host.");
    }

    private sealed class NoPort25 : IPort25Vantage
    {
        public bool IsProven => false;

        public bool IsProbablyBlocked => false;

        public void Record(IPAddress address, ConnectStatus status, DateTimeOffset at)
        {
        }
    }
}
