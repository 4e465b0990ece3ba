using System.Globalization;
using MailDashboard.Monitoring.Mailboxes;
using MailDashboard.Monitoring.MessageTests;
using MailDashboard.Monitoring.Persistence.Entities;
using MailDashboard.Monitoring.Placement;
using MailDashboard.Monitoring.Wizard;
using MailDashboard.Web.Layout;
using MailDashboard.Web.Messages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace MailDashboard.Web.Wizard;

/// <summary>
/// A real message: to a mailbox that we may read, where it is judged, and one to each seed mailbox beside it; or to any other address, where
/// the person looks.
/// </summary>
public sealed partial class MessageStep
{
    private MessagePart? _part;
    private int? _testId;
    private int? _mailboxId;
    private bool _isSending;

    [Inject]
    private MessageTestStore Tests { get; set; } = default!;

    [Inject]
    private MessageTestQuery Results { get; set; } = default!;

    [Inject]
    private PlacementStore Placements { get; set; } = default!;

    [Inject]
    private MailboxStore Mailboxes { get; set; } = default!;

    [Inject]
    private ReaderClock Clock { get; set; } = default!;

    [Inject]
    private IStringLocalizer<MessagesTexts> M { get; set; } = default!;

    protected override WizardStep Step => WizardStep.Message;

    /// <summary>Only the person knows whether it arrived.</summary>
    private bool IsTheirWord => _part is { TestId: null };

    protected override void OnInitialized() => (_part, _testId) = (State.Message, State.Message?.TestId);

    protected override WizardState Collect(WizardState state) => state with { Message = _part };

    /// <summary>A message that was not judged has arrived where the person says so by moving on.</summary>
    protected override Task<bool> CompleteAsync()
    {
        if (_part is null or { TestId: not null, ArrivedAt: null })
        {
            Failure = L[_part is null ? "Message.First" : "Message.Wait"];
            return Task.FromResult(false);
        }

        _part = _part with { ArrivedAt = _part.ArrivedAt ?? Time.GetUtcNow() };
        return Task.FromResult(true);
    }

    private int Chosen(IReadOnlyList<MailboxView> mailboxes) => mailboxes.Any(m => m.Id == _mailboxId) ? _mailboxId!.Value : mailboxes[0].Id;

    private async Task SendAsync(int mailboxId)
    {
        _isSending = true;
        StateHasChanged();
        try
        {
            await StartAsync(mailboxId);
        }
        finally
        {
            _isSending = false;
        }
    }

    private async Task StartAsync(int mailboxId)
    {
        var (profile, by) = (State.Profile!.Id, await Authorizer.UserNameAsync());
        var started = await Tests.StartAsync(new MessageTestDraft(mailboxId, profile), by, CultureInfo.CurrentUICulture, Gone);
        if (started.Id is not { } id || await Results.FindAsync(id, Gone) is not { Test: { } test })
        {
            Failure = MessageWords.NotStarted(started, Clock, M);
            return;
        }

        (_mailboxId, _testId) = (mailboxId, id);
        if (test.SentAt is not { } sent)
        {
            // It was not taken; the outcome says why.
            return;
        }

        var seeds = (await Mailboxes.ListAsync(Gone)).Where(m => m.IsSeed).Select(m => m.Id).ToList();
        var run = seeds.Count == 0 ? null : (await Placements.StartAsync(profile, seeds, by, Gone)).Id;
        _part = new MessagePart(test.Address, sent) { TestId = id, PlacementId = run };
        await Session.SaveAsync(Collect, null, Gone);
    }

    /// <summary>What the test came to is kept with the set-up.</summary>
    private async Task NoteAsync(MessageTestView test)
    {
        if (test.Status == MessageTestStatus.Judged && _part is { } part && part.TestId == test.Id && part.Score != test.Score)
        {
            _part = part with { ArrivedAt = test.ReceivedAt ?? test.JudgedAt, Score = test.Score };
            await Session.SaveAsync(Collect, null, Gone);
        }
    }

    private async Task AcceptedAsync(string recipient)
    {
        (_part, _testId) = (new MessagePart(recipient, Time.GetUtcNow()), null);
        await Session.SaveAsync(Collect, null, Gone);
    }
}
