using System.Globalization;
using MailDashboard.Mail.Sending;
using MailDashboard.Monitoring.Alerting.Mails;
using MailDashboard.Monitoring.Feed;
using MailDashboard.Monitoring.Mailboxes;
using MailDashboard.Monitoring.Persistence;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Profiles;
using MailDashboard.Monitoring.Settings;
using Microsoft.EntityFrameworkCore;

namespace MailDashboard.Monitoring.MessageTests;

/// <summary>Starts tests of messages, and ends them early.</summary>
public sealed class MessageTestStore(
    DatabaseWriter writer, MailboxStore mailboxes, ProfileStore profiles, ProfileMailer mailer, SettingsStore settings, ChangeFeed feed, TimeProvider time)
{
    /// <summary>Tests that may wait for one mailbox: each is looked for in each round.</summary>
    public const int MostWaiting = 20;

    /// <summary>
    /// Gives a message an address to go to; the dashboard sends it where a profile is chosen, also where the caller leaves meanwhile, and then
    /// marks it, so that a mailbox with one address will do.
    /// </summary>
    public async Task<MessageTestStarted> StartAsync(MessageTestDraft draft, string startedBy, CultureInfo culture, CancellationToken cancellationToken)
    {
        var token = MessageTestRules.NewToken();
        var profile = draft.ProfileId is { } id ? await profiles.LoadAsync(id, cancellationToken) : null;
        if (await mailboxes.LoadAsync(draft.MailboxId, cancellationToken) is not { } mailbox || (draft.ProfileId is not null && profile is null))
        {
            return new MessageTestStarted(null, MessageTestFault.Gone);
        }

        if ((MessageTestRules.Address(mailbox.Address, mailbox.Addressing, token) ?? (profile is null ? null : mailbox.Address)) is not { } address)
        {
            return new MessageTestStarted(null, MessageTestFault.OneAddress);
        }

        if (await AddAsync(draft, token, address, startedBy, cancellationToken) is not { } test)
        {
            return new MessageTestStarted(null, MessageTestFault.TooMany);
        }

        feed.Publish(new DashboardChange(null));
        if (profile is null)
        {
            return new MessageTestStarted(test);
        }

        // From here on it goes its way, whether somebody still waits for it or not: half a conversation would leave nobody knowing whether it was handed in.
        var sending = SendAsync(test, profile, address, token, culture, CancellationToken.None);
        return await sending.WaitAsync(cancellationToken);
    }

    /// <summary>Removes a test with what was found. Its message, should it still come, stays where it is.</summary>
    public async Task DeleteAsync(int id, CancellationToken cancellationToken)
    {
        await writer.WriteAsync((db, ct) => db.MessageTests.Where(t => t.Id == id).ExecuteDeleteAsync(ct), cancellationToken);
        feed.Publish(new DashboardChange(null));
    }

    private Task<int?> AddAsync(MessageTestDraft draft, string token, string address, string startedBy, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return writer.WriteAsync(
            async (db, ct) =>
            {
                if (await db.MessageTests.CountAsync(t => t.MailboxId == draft.MailboxId && t.Status == MessageTestStatus.Waiting, ct) >= MostWaiting)
                {
                    return (int?)null;
                }

                var test = db.MessageTests.Add(new MessageTest
                {
                    Token = token,
                    Address = address,
                    MailboxId = draft.MailboxId,
                    ProfileId = draft.ProfileId,
                    IsBulk = draft.IsBulk,
                    StartedBy = startedBy,
                    CreatedAt = now,
                    ExpiresAt = now + MessageTestRules.Wait,
                }).Entity;
                await db.SaveChangesAsync(ct);
                await MailboxRounds.HurryAsync(db, draft.MailboxId, now, ct);
                return test.Id;
            },
            cancellationToken);
    }

    /// <summary>The row is there before the message: should we be killed between the two, it is found and taken out all the same.</summary>
    private async Task<MessageTestStarted> SendAsync(int test, SmtpProfile profile, string address, string token, CultureInfo culture, CancellationToken cancellationToken)
    {
        var current = await settings.GetAsync(cancellationToken);
        var mail = new ProbeMail(ProbeMail.MessageTest, current.OrganisationName, time.GetUtcNow()).Compose(culture);
        var outgoing = new OutgoingMail(address, mail.Subject, mail.Text, mail.Html, OutgoingMime.NewMessageId(current.PublicHost), Language: culture.TwoLetterISOLanguageName, Mark: token);
        var (result, freeAt) = await mailer.SendAsync(profile, outgoing, cancellationToken);
        var now = time.GetUtcNow();
        await writer.WriteAsync(
            (db, ct) =>
            {
                var own = db.MessageTests.Where(t => t.Id == test);
                return result switch
                {
                    null => own.ExecuteDeleteAsync(ct),
                    { IsAccepted: true } => own.ExecuteUpdateAsync(s => s.SetProperty(t => t.SentAt, now), ct),
                    _ => FailAsync(own, new MessageTestProblem(MessageTestProblem.Sending, $"{result.Stage}: {result.Detail}"), ct),
                };
            },
            cancellationToken);
        if (result is { IsAccepted: true })
        {
            // A server that took this message proves as much as one that took the profile's own test.
            await profiles.RememberTestAsync(profile.Id, result, now, cancellationToken);
        }

        feed.Publish(new DashboardChange(null));
        return result is null ? new MessageTestStarted(null, MessageTestFault.Limit, freeAt) : new MessageTestStarted(test);
    }

    private static Task<int> FailAsync(IQueryable<MessageTest> tests, MessageTestProblem problem, CancellationToken cancellationToken)
    {
        var stored = problem.Stored;
        return tests.Where(t => t.Status == MessageTestStatus.Waiting)
            .ExecuteUpdateAsync(s => s.SetProperty(t => t.Status, MessageTestStatus.Failed).SetProperty(t => t.Problem, stored), cancellationToken);
    }
}
