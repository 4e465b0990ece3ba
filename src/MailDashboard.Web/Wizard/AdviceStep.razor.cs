using System.Collections.Immutable;
using System.Globalization;
using MailDashboard.Mail.Advice;
using MailDashboard.Monitoring.Wizard;

namespace MailDashboard.Web.Wizard;

/// <summary>Six plain questions, and what we would choose; the person decides.</summary>
public sealed partial class AdviceStep
{
    private static readonly MailPurpose[] Sending = [MailPurpose.Invoices, MailPurpose.Notices, MailPurpose.Campaigns];
    private static readonly MailPurpose[] Reading = [MailPurpose.Mailboxes, MailPurpose.Calendars, MailPurpose.WeakNetworks];

    /// <summary>Messages a month.</summary>
    private static readonly int[] Volumes = [1_000, 10_000, Adviser.OwnServerPaysFrom, 500_000, 5_000_000];

    private AdviserAnswers _answers = new() { MonthlyVolume = Volumes[0] };
    private ImmutableDictionary<AdviceTopic, AdviceOption> _chosen = ImmutableDictionary<AdviceTopic, AdviceOption>.Empty;

    protected override WizardStep Step => WizardStep.Advice;

    protected override void OnInitialized()
    {
        if (State.Advice is { } said)
        {
            (_answers, _chosen) = (said.Answers, said.Chosen);
        }
    }

    protected override WizardState Collect(WizardState state) => state with { Advice = new AdvicePart { Answers = _answers, Chosen = _chosen } };

    /// <summary>What was decided otherwise stays, as long as it can still be chosen.</summary>
    private void Answer(AdviserAnswers answers)
    {
        _answers = answers;
        var advice = Adviser.Advise(answers);
        _chosen = _chosen.Where(c => advice.Any(a => a.Topic == c.Key && a.Others.Contains(c.Value))).ToImmutableDictionary();
    }

    private void Choose(Recommendation advice, AdviceOption option) =>
        _chosen = option == advice.Option ? _chosen.Remove(advice.Topic) : _chosen.SetItem(advice.Topic, option);

    private string Effort(AdviceOption option)
    {
        var work = Adviser.WorkOf(option);
        return work == new Work(0, 0) ? L["Advice.NoWork"] : L["Advice.Work", Hours(work.HoursOnce), Hours(work.HoursAMonth)];
    }

    private static string Hours(double hours) => hours.ToString("0.##", CultureInfo.CurrentCulture);
}
