using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Dmarc;

/// <summary>Judges a domain's DMARC.</summary>
public static class DmarcAnalyzer
{
    /// <summary>Judges what was seen.</summary>
    public static CheckOutcome Analyze(DmarcObservation observation)
    {
        var outcome = new OutcomeBuilder();
        if (observation.IsSaidMissing)
        {
            return DmarcGrades.NotApplicable(outcome).NotApplicable(Reason.Of("DomainMissing"));
        }

        var discovery = observation.Discovery;
        foreach (var step in discovery.Steps.Where(s => s.Answer.Status == DnsStatus.Answered))
        {
            outcome.Record($"_dmarc.{step.Domain}", "TXT", step.Answer.Texts);
        }

        SayFacts(outcome, discovery);
        var saidWhy = SaySteps(outcome, observation);
        if (discovery.Failure is { } failure)
        {
            outcome.CouldNotTell(Subject.Domain(discovery.Domain), failure.WhyNot());
        }
        else if (discovery.Source is null)
        {
            SayAbsence(outcome, observation, saidWhy);
        }
        else
        {
            DmarcPolicyJudge.Judge(outcome, observation);
            DmarcRecordJudge.Judge(outcome, observation);
            DmarcReportsJudge.Judge(outcome, observation);
        }

        DmarcGrades.Give(outcome, observation);
        return outcome.Build();
    }

    /// <summary>What is wrong at single steps; true where the domain's own step explains why it has no record.</summary>
    private static bool SaySteps(OutcomeBuilder outcome, DmarcObservation observation)
    {
        var said = false;
        foreach (var step in observation.Discovery.Steps)
        {
            var isOwn = step.Domain == observation.Domain;
            var subject = isOwn ? Subject.Domain(step.Domain) : Subject.Host(step.Domain);
            if (step.Candidates.Length > 1)
            {
                var keep = step.Candidates.OrderByDescending(r => r.Policy).ThenBy(r => r.Text, StringComparer.Ordinal).First();
                Severity? severity = isOwn ? null : Severity.Warning;
                outcome.Report(new Finding(DmarcFindings.SeveralRecords, subject, Seen(step, step.Candidates.Select(r => r.Text)), DmarcProposal.With(step.Domain, keep), severity));
                said |= isOwn;
            }
            else if (isOwn && step.Record is null && step.Answer.Texts.FirstOrDefault(DmarcNearMiss.Is) is { } text)
            {
                outcome.Report(new Finding(DmarcFindings.NearMiss, subject, Seen(step, [text]), DmarcProposal.Repaired(step.Domain, text, observation.Roles.Sends)));
                said = true;
            }
        }

        return said;
    }

    private static void SayAbsence(OutcomeBuilder outcome, DmarcObservation observation, bool saidWhy)
    {
        if (saidWhy)
        {
            return;
        }

        var subject = Subject.Domain(observation.Domain);
        if (observation.Misplaced is [var first, ..])
        {
            var text = first.Texts.First(t => DmarcRecord.Parse(t) is not null);
            outcome.Report(new Finding(
                DmarcFindings.Misplaced,
                subject,
                [new Evidence("recordName", first.Question.Name), new Evidence("record", text, first.Server)],
                DmarcProposal.Of(observation.Domain, text)));
            return;
        }

        var own = observation.Discovery.Own.Answer;
        var evidence = ImmutableArray.CreateBuilder<Evidence>();
        evidence.Add(new Evidence("walk", Walk(observation.Discovery), own.Server));
        if (own is { Status: not DnsStatus.Answered, Aliases: [var alias, ..] })
        {
            evidence.Add(new Evidence("alias", alias, own.Server));
        }

        outcome.Report(new Finding(DmarcFindings.NoRecord, subject, evidence.ToImmutable(), DmarcProposal.First(observation.Domain, observation.Roles.Sends)));
    }

    private static void SayFacts(OutcomeBuilder outcome, DmarcDiscovery discovery)
    {
        var domain = Subject.Domain(discovery.Domain);
        if (discovery.Effective is { } effective)
        {
            outcome.Fact(domain, "policy", effective.Keyword());
        }

        if (discovery.Source is { } source)
        {
            outcome.Fact(domain, "source", source.Domain);
        }

        outcome.Fact(domain, "organizationalDomain", discovery.OrganizationalDomain).Fact(domain, "walk", Walk(discovery));
    }

    /// <summary>Each name asked and what it gave, in one line.</summary>
    private static string Walk(DmarcDiscovery discovery) => string.Join(" · ", discovery.Steps.Select(s => $"_dmarc.{s.Domain}: {Gave(s)}"));

    private static string Gave(DmarcStep step) => step switch
    {
        { Record: { } record } => record["p"] switch { null => "p=?", { Length: <= 20 } p => $"p={p}", var p => $"p={p[..20]}…" },
        { Candidates.Length: > 1 } => $"{step.Candidates.Length} × v=DMARC1",
        _ => step.Answer.Status.Code(),
    };

    private static ImmutableArray<Evidence> Seen(DmarcStep step, IEnumerable<string> texts) => [.. texts.Select(t => new Evidence("record", t, step.Answer.Server))];
}
