using System.Collections.Immutable;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.TlsRpt;

/// <summary>Judges a domain's request for reports about encryption.</summary>
public static class TlsRptAnalyzer
{
    private const string Subtest = "tls-rpt";

    /// <summary>Judges.</summary>
    public static CheckOutcome Analyze(TlsRptObservation seen)
    {
        var outcome = new OutcomeBuilder();
        if (seen.Answer is not { } answer)
        {
            var why = seen.IsSaidMissing ? "DomainMissing" : seen.Roles.IsParked ? "Parked" : "DoesNotReceive";
            return outcome.GradeNotApplicable(Subtest).NotApplicable(Reason.Of(why));
        }

        var domain = Subject.Domain(seen.Domain);
        if (!answer.IsDefinite)
        {
            return outcome.CouldNotTell(domain, answer.WhyNot()).GradeUndetermined(Subtest).Build();
        }

        outcome.Determined(domain);
        if (answer.Status == DnsStatus.Answered)
        {
            outcome.Record(answer.Question.Name, "TXT", answer.Texts);
        }

        var records = answer.Texts.Select(TlsRptRecord.Parse).OfType<TlsRptRecord>().ToList();
        var works = records.Count switch
        {
            0 => Absent(seen, answer, outcome, domain),
            1 => Judge(seen, answer, records[0], outcome, domain),
            _ => Several(seen, answer, records, outcome, domain),
        };
        return outcome.Grade(Subtest, works ? "full" : "none").Build();
    }

    private static bool Absent(TlsRptObservation seen, DnsAnswer answer, OutcomeBuilder outcome, Subject domain)
    {
        if (answer.Texts.FirstOrDefault(TlsRptProposal.IsNearMiss) is { } text)
        {
            outcome.Report(new Finding(TlsRptFindings.NearMiss, domain, [Seen(text, answer)], TlsRptProposal.Repaired(seen.Domain, text)));
        }
        else if (seen.Misplaced is [var first, ..])
        {
            var record = first.Texts.Select(TlsRptRecord.Parse).OfType<TlsRptRecord>().First();
            outcome.Report(new Finding(
                TlsRptFindings.Misplaced,
                domain,
                [new Evidence("recordName", first.Question.Name), Seen(record.Text, first)],
                TlsRptProposal.With(seen.Domain, record)));
        }
        else
        {
            ImmutableArray<Evidence> evidence = [new Evidence("answer", $"{answer.Question.Name} TXT: {answer.Status.Code()}", answer.Server)];
            if (answer is { Status: not DnsStatus.Answered, Aliases: [var alias, ..] })
            {
                evidence = evidence.Add(new Evidence("alias", alias, answer.Server));
            }

            outcome.Report(new Finding(TlsRptFindings.NoRecord, domain, evidence, TlsRptProposal.First(seen.Domain)));
        }

        return false;
    }

    private static bool Several(TlsRptObservation seen, DnsAnswer answer, List<TlsRptRecord> records, OutcomeBuilder outcome, Subject domain)
    {
        var evidence = records.Take(10).Select(r => Seen(r.Text, answer));
        outcome.Report(new Finding(TlsRptFindings.SeveralRecords, domain, [.. evidence], TlsRptProposal.With(seen.Domain, records)));
        return false;
    }

    private static bool Judge(TlsRptObservation seen, DnsAnswer answer, TlsRptRecord record, OutcomeBuilder outcome, Subject domain)
    {
        void Say(FindingDefinition definition, params ImmutableArray<Evidence> evidence) =>
            outcome.Report(new Finding(definition, domain, evidence.Add(Seen(record.Text, answer)), TlsRptProposal.With(seen.Domain, record)));

        if (!record.Broken.IsEmpty)
        {
            Say(TlsRptFindings.BrokenPart, new Evidence("part", string.Join("; ", record.Broken)));
        }

        if (!record.RequestsReports)
        {
            // A part that cannot be read may be the destination itself: one fault, said once.
            if (record.Broken.IsEmpty)
            {
                Say(TlsRptFindings.NoDestination);
            }

            return false;
        }

        outcome.Fact(domain, "destinations", string.Join(", ", record.Destinations.Where(d => d.IsValid).Select(d => d.Text)));
        var unusable = record.Destinations.Where(d => !d.IsValid).Select(d => d.Text).ToList();
        if (unusable.Count > 0)
        {
            Say(TlsRptFindings.UnusableDestination, new Evidence("destination", string.Join(", ", unusable)));
        }

        return true;
    }

    private static Evidence Seen(string text, DnsAnswer answer) => new("record", text, answer.Server);
}
