using MailDashboard.Checks.ClientAccess;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Checks.Tls;

/// <summary>Judges TLS on every port. That a port cannot be reached, or offers no TLS at all, is said by the family of its protocol.</summary>
public static class TlsAnalyzer
{
    private const string Subtest = "tls-versions";

    /// <summary>Judges.</summary>
    public static CheckOutcome Analyze(TlsObservation seen)
    {
        var outcome = new OutcomeBuilder();
        if (seen.IsMissing || seen.IsParked)
        {
            return outcome.GradeNotApplicable(Subtest).NotApplicable(Reason.Of(seen.IsMissing ? "DomainMissing" : "Parked"));
        }

        // An answer of DNS that is missing leaves ports open that were found before.
        if (seen.Unanswered is { } unanswered)
        {
            outcome.CouldNotTell(Subject.Domain(seen.Domain), unanswered.WhyNot(), verdictNeedsIt: !seen.Ports.Any(p => p.Seen?.Connect == ConnectStatus.Connected));
        }
        else if (!seen.Ports.Any(IsThere))
        {
            return outcome.GradeNotApplicable(Subtest).NotApplicable(Reason.Of("NoPort"));
        }

        var grade = TlsGrade.Fine;
        foreach (var port in seen.Ports.Where(IsThere))
        {
            var one = Judge(seen, port, outcome);
            grade = port.IsForClients && one > grade ? one : grade;
        }

        Compare(seen, outcome);
        return (grade switch
        {
            TlsGrade.Old => outcome.Grade(Subtest, "none"),
            TlsGrade.Open => outcome.GradeUndetermined(Subtest),
            TlsGrade.No13 => outcome.Grade(Subtest, "no13"),
            _ => outcome.GradeNotApplicable(Subtest),
        }).Build();
    }

    /// <summary>A port that refuses has no TLS; one that was only guessed and is silent was guessed wrong.</summary>
    private static bool IsThere(TlsPort port) => port.Seen?.Connect switch
    {
        ConnectStatus.Connected => true,
        ConnectStatus.Refused => false,
        _ => port.Origin != ServiceOrigin.Guessed,
    };

    private static TlsGrade Judge(TlsObservation all, TlsPort port, OutcomeBuilder outcome)
    {
        if (port.Seen?.Connect != ConnectStatus.Connected)
        {
            // Why not is the protocol's family to say; here it costs the verdict only where no other port was reached.
            var others = all.Ports.Any(p => p.Seen?.Connect == ConnectStatus.Connected);
            var reason = port.Seen is null ? Reason.Of("TimeBudgetSpent") : Reason.Of("NotReached", port.Subject.Name);
            outcome.CouldNotTell(port.Subject, reason, verdictNeedsIt: !others);
            return others ? TlsGrade.Fine : TlsGrade.Open;
        }

        switch (port.Seen.Prelude)
        {
            case TlsPreludeEnd.Ready:
                return TlsPortJudge.Judge(all, port, port.Seen, outcome);
            case TlsPreludeEnd.NotOffered or TlsPreludeEnd.Refused:
                outcome.Determined(port.Subject);
                return TlsGrade.Fine;
            default:
                return TlsPortJudge.Open(port, port.Seen.Failure ?? "", outcome);
        }
    }

    private static void Compare(TlsObservation seen, OutcomeBuilder outcome)
    {
        foreach (var host in seen.Ports.Where(p => p.Seen?.Best?.Certificate is not null).GroupBy(p => p.Host))
        {
            if (host.DistinctBy(p => p.Seen!.Best!.Certificate!.Thumbprint).Count() < 2)
            {
                continue;
            }

            var lines = host.Select(p => (Port: p, Certificate: p.Seen!.Best!.Certificate!))
                .GroupBy(x => x.Certificate.Thumbprint)
                .Select(g => $"{g.First().Certificate.Subject} (SHA-256 {g.Key[..Math.Min(16, g.Key.Length)]}…): {string.Join(", ", g.Select(x => $"[{x.Port.Address}]:{x.Port.Port}"))}");
            outcome.Report(TlsFindings.Different, Subject.Host(host.Key), new Evidence("certificates", string.Join('\n', lines)));
        }
    }
}

/// <summary>What a port is worth to the grade; ordered, the worst one counts.</summary>
internal enum TlsGrade
{
    /// <summary>Nothing to say.</summary>
    Fine,

    /// <summary>No TLS 1.3.</summary>
    No13,

    /// <summary>Could not be looked at to the end.</summary>
    Open,

    /// <summary>TLS 1.1 or older.</summary>
    Old,
}
