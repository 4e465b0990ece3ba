using MailDashboard.Checks;
using MailDashboard.Mail.Mailboxes;
using MailDashboard.Mail.Messages;
using MailDashboard.Mail.Messages.Filters;
using MailDashboard.Monitoring.Mailboxes;
using MailDashboard.Monitoring.MessageTests;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Placement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MailDashboard.IntegrationTests.Web;

/// <summary>A mailbox, a judged message, one that waits and one that failed, a run of placement and a plan.</summary>
internal static class TestedMessages
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="host">Whose.</param>
    /// <param name="profileId">By which the dashboard sent.</param>
    /// <param name="secretWord">In everything that is for administrators.</param>
    public static async Task AddAsync(WebHost host, int profileId, string secretWord = "cellar")
    {
        var draft = new MailboxDraft
        {
            Name = "Test mailbox", Host = $"imap.{secretWord}.example.net", UserName = $"{secretWord}-user", Password = "a secret of some length", Address = "tests@example.net",
            Addressing = TestAddressing.PlusAddress, IsSeed = true,
        };
        var mailboxes = host.Services.GetRequiredService<MailboxStore>();
        var mailbox = (await mailboxes.SaveAsync(null, draft, Token)).Id!.Value;
        var inboxOnly = (await mailboxes.SaveAsync(null, draft with { Name = "Read by POP3", Protocol = MailboxProtocol.Pop3, Addressing = TestAddressing.None }, Token)).Id!.Value;
        var now = TimeProvider.System.GetUtcNow();
        await using (var db = await host.Services.GetRequiredService<IDbContextFactory<DashboardContext>>().CreateDbContextAsync(Token))
        {
            db.MessageTests.AddRange(Judged(mailbox, profileId, now.AddDays(-2), 6.5m), Judged(mailbox, null, now.AddDays(-1), 8.5m));
            db.MessageTests.Add(Test(mailbox, profileId, now, MessageTestStatus.Waiting, null));
            db.MessageTests.Add(Test(mailbox, null, now, MessageTestStatus.Failed, new MessageTestProblem(MessageTestProblem.Mailbox, $"Connecting: imap.{secretWord}.example.net").Stored));
            var run = new PlacementRun { ProfileId = profileId, StartedBy = "ada", StartedAt = now.AddHours(-1), Until = now, EndedAt = now };
            run.Results.Add(new PlacementResult
            {
                MailboxId = mailbox, MessageId = "1@example.net", Placement = Placement.Unknown, SentAt = now.AddHours(-1), Problem = $"Connecting: imap.{secretWord}.example.net",
                HeadersJson = """[{"Name":"X-Spam-Status","Value":"No, score=0.1"}]""",
            });
            db.PlacementRuns.AddRange(run, Earlier(profileId, now.AddDays(-2), mailbox, inboxOnly, Placement.Inbox), Earlier(profileId, now.AddDays(-1), mailbox, inboxOnly, Placement.Spam));
            await db.SaveChangesAsync(Token);
        }

        Assert.Empty(await host.Services.GetRequiredService<PlacementPlans>().AddAsync(new PlacementPlanDraft("Daily", profileId, [mailbox], 1440, IsEnabled: false), Token));
    }

    /// <summary>A run to Microsoft, and to a mailbox that shows its inbox only.</summary>
    private static PlacementRun Earlier(int profileId, DateTimeOffset at, int mailbox, int inboxOnly, Placement placement)
    {
        var run = new PlacementRun { ProfileId = profileId, StartedBy = "ada", StartedAt = at, Until = at, EndedAt = at };
        run.Results.Add(new PlacementResult
        {
            MailboxId = mailbox, MessageId = $"{Guid.NewGuid():N}@example.net", Placement = placement, Folder = placement == Placement.Spam ? "Junk" : "INBOX", SentAt = at, ArrivedAt = at.AddSeconds(12),
            HeadersJson = """
                [{"Name":"Authentication-Results","Value":"spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=harbour.example; dkim=pass header.d=harbour.example;dmarc=pass action=none header.from=harbour.example"},
                {"Name":"X-Forefront-Antispam-Report","Value":"CIP:192.0.2.1;CTRY:FR;LANG:en;SCL:5;SFV:SPM;CAT:SPM;"},{"Name":"X-Microsoft-Antispam","Value":"BCL:4;"}]
                """,
        });
        run.Results.Add(new PlacementResult { MailboxId = inboxOnly, MessageId = $"{Guid.NewGuid():N}@example.net", Placement = Placement.Unknown, SentAt = at });
        return run;
    }

    private static MessageTest Judged(int mailbox, int? profile, DateTimeOffset at, decimal score)
    {
        var subject = Subject.Domain("harbour.example");
        var verdict = new MessageVerdict(
            score,
            [
                new MessageMark("MSG020", Severity.Error, 1.5m, subject, [new Evidence("signers", "–")]),
                new MessageMark("MSG043", Severity.Notice, 0m, subject, [new Evidence("record", "v=DMARC1; p=none")]),
            ],
            [new Fact(subject, "spf", "pass")],
            [new Undetermined(subject, Reason.Of("DnsTimeout", "harbour.example", "TXT", "192.0.2.53"))])
        {
            FromDomain = "harbour.example",
            Subject = "Your order <b>has left</b>",
            Filters =
            [
                new FilterReport("SpamAssassin", 1.2m, 5m, [new FilterRule("HTML_IMAGE_RATIO_02", 1.4m, "BODY: HTML has a low ratio of text to image area"), new FilterRule("SPF_PASS", -0.2m, "SPF: sender matches SPF record")]),
                FilterReport.Unavailable("rspamd", "FilterUnreachable", "Connection refused"),
            ],
        };
        var header = "Received: from mx.harbour.example ([192.0.2.1]) by mx.example.net; Mon, 2 Mar 2026 10:00:00 +0000\r\nFrom: shop@harbour.example\r\nSubject: Your order\r\n\r\n";
        var test = Test(mailbox, profile, at, MessageTestStatus.Judged, null);
        (test.Subject, test.From, test.Score, test.ReceivedAt, test.JudgedAt) = (verdict.Subject, "shop@harbour.example", (double)score, at, at);
        test.VerdictJson = MessageTestResult.Write(new MessageTestResult(verdict, "<p>Your order has left</p>", header, header + "<script>alert(1)</script>", 2000));
        return test;
    }

    private static MessageTest Test(int mailbox, int? profile, DateTimeOffset at, MessageTestStatus status, string? problem)
    {
        var token = MessageTestRules.NewToken();
        return new MessageTest
        {
            Token = token, Address = $"tests+{token}@example.net", MailboxId = mailbox, ProfileId = profile, Status = status, StartedBy = "ada", CreatedAt = at, ExpiresAt = at.AddMinutes(30), Problem = problem,
        };
    }
}
