using MailDashboard.Checks.Dmarc;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Bimi;

/// <summary>Judges a domain's BIMI: the record and its condition here, the logo in <see cref="BimiLogoJudge"/>, the certificate in <see cref="BimiMarkJudge"/>.</summary>
public static class BimiAnalyzer
{
    private const string Subtest = "bimi";

    /// <summary>Judges.</summary>
    public static CheckOutcome Analyze(BimiObservation seen)
    {
        var outcome = new OutcomeBuilder();
        if (seen.Answer.Status == DnsStatus.Answered)
        {
            outcome.Record(seen.Answer.Question.Name, "TXT", seen.Answer.Texts);
        }

        if (seen.IsSaidMissing || !seen.Roles.Sends)
        {
            var reason = seen.IsSaidMissing ? "DomainMissing" : seen.Roles.IsParked ? "Parked" : "DoesNotSend";
            return outcome.GradeNotApplicable(Subtest).NotApplicable(Reason.Of(reason));
        }

        var domain = Subject.Domain(seen.Domain);
        if (!seen.Answer.IsDefinite)
        {
            return outcome.CouldNotTell(domain, seen.Answer.WhyNot()).GradeUndetermined(Subtest).Build();
        }

        outcome.Determined(domain);
        if (Record(seen, outcome, domain) is not { } record)
        {
            return outcome.GradeNotApplicable(Subtest).Build();
        }

        var condition = Condition(seen, outcome, domain);
        bool? isGood = seen.DnsOnly ? NotTried(record, outcome) : Worse(BimiLogoJudge.Judge(seen, record, outcome), BimiMarkJudge.Judge(seen, record, outcome));
        return (Worse(condition, isGood) switch
        {
            true => outcome.Grade(Subtest, "full"),
            false => outcome.GradeNotApplicable(Subtest),
            null => outcome.GradeUndetermined(Subtest),
        }).Build();
    }

    /// <summary>The record to go on with; null where there is none.</summary>
    private static BimiRecord? Record(BimiObservation seen, OutcomeBuilder outcome, Subject domain)
    {
        Evidence Seen(string text) => new("record", text, seen.Answer.Server);

        switch (seen.Records)
        {
            case [] when seen.Answer.Texts.FirstOrDefault(BimiRecord.IsNearMiss) is { } meant:
                outcome.Report(BimiFindings.NearMiss, domain, Seen(meant));
                return null;

            case []:
                outcome.Report(BimiFindings.Missing, domain);
                return null;

            case [{ IsDeclination: true } only]:
                outcome.Report(BimiFindings.Declined, domain, Seen(only.Text));
                return null;

            case [{ Fault: { } fault } only]:
                outcome.Report(BimiFindings.BadLocation, domain, Seen(only.Text), new Evidence("fault", fault));
                return null;

            case [var only]:
                return only;

            default:
                outcome.Report(BimiFindings.SeveralRecords, domain, [.. seen.Records.Take(5).Select(r => Seen(r.Text))]);
                return null;
        }
    }

    /// <summary>Mailboxes show a logo only where DMARC has forgeries refused, those of subdomains included.</summary>
    private static bool? Condition(BimiObservation seen, OutcomeBuilder outcome, Subject domain)
    {
        if (seen.Dmarc.Failure is { } failure)
        {
            outcome.CouldNotTell(Subject.Host($"_dmarc.{seen.Domain}"), failure.WhyNot(), verdictNeedsIt: false);
            return null;
        }

        var record = seen.Dmarc.Source?.Record;
        var weak = record is null || record.IsBroken ? "-"
            : seen.Dmarc.Requested is null or DmarcPolicy.None ? $"p={record["p"]}"
            : record.SubdomainPolicy == DmarcPolicy.None ? "sp=none"
            : record.IsTesting ? "t=y"
            : record.Percent < 100 ? $"pct={record["pct"]}"
            : null;
        if (weak is null)
        {
            return true;
        }

        outcome.Report(BimiFindings.DmarcNotEnforced, domain, new Evidence("dmarc", weak));
        return false;
    }

    private static bool? NotTried(BimiRecord record, OutcomeBuilder outcome)
    {
        foreach (var uri in new[] { record.Logo, record.Certificate }.OfType<Uri>())
        {
            outcome.CouldNotTell(Subject.Host(uri.IdnHost), Reason.Of(Reason.ConnectionNotWanted), verdictNeedsIt: false);
        }

        return null;
    }

    private static bool? Worse(bool? a, bool? b) => a == false || b == false ? false : a is null || b is null ? null : true;
}
