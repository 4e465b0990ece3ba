using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Mail.Connecting;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Wizard;
using Microsoft.Extensions.DependencyInjection;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>A set-up in the middle, for tests that look at its pages.</summary>
internal static class WebWizards
{
    /// <summary>Of an own server with a profile: every step applies.</summary>
    public static async Task<WizardRun> BeginWizardAsync(this WebHost host, string domain)
    {
        var token = TestContext.Current.CancellationToken;
        var draft = new ProfileDraft { Name = "own", Host = "127.0.0.1", Port = 1, Security = ServerSecurity.None, SenderAddress = $"postmaster@{domain}" };
        var profile = (await host.Services.GetRequiredService<ProfileStore>().SaveAsync(null, draft, token)).Id!.Value;
        var runs = host.Services.GetRequiredService<WizardRuns>();
        var run = Assert.IsType<WizardStart.Started>(await runs.StartAsync(domain, WebHost.Email, token)).Run;
        var state = run.State with
        {
            Domain = new DomainPart { OwnHosts = [$"mx.{domain}"] },
            Provider = new ProviderPart("own") { Entries = ImmutableDictionary<string, string>.Empty.Add("host", $"mx.{domain}"), Addresses = ["192.0.2.1"] },
            Profile = new ProfilePart(profile),
            Limits = new LimitsPart { PerDay = 200, IsNewAddress = true },
        };
        return Assert.IsType<WizardSaved.Done>(await runs.SaveAsync(run, state, WizardStep.Records, token)).Run;
    }
}

/// <summary>DNS in which every name is its own zone and there is nothing else, so that a page that asks gets an answer.</summary>
internal sealed class EmptyDns(TimeProvider time) : IDnsResolver
{
    public Task<DnsAnswer> QueryAsync(string name, DnsRecordType type, DnsOptions options, CancellationToken cancellationToken)
    {
        var question = new DnsQuestion(DnsNames.Normalize(name), type);
        return Task.FromResult(type == DnsRecordType.NS
            ? new DnsAnswer(question, DnsStatus.Answered) { Records = [new NameRecord(question.Name, 60, type, $"ns.{question.Name}")], At = time.GetUtcNow() }
            : new DnsAnswer(question, DnsStatus.NoData) { At = time.GetUtcNow() });
    }
}
