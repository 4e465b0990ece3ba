using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.MtaSts;

/// <summary>Judges a domain's MTA-STS: the record here, the fetch in <see cref="MtaStsFetchJudge"/>, the policy in <see cref="MtaStsPolicyJudge"/>.</summary>
public static class MtaStsAnalyzer
{
    private const string Subtest = "mta-sts";

    /// <summary>Judges.</summary>
    public static CheckOutcome Analyze(MtaStsObservation seen)
    {
        var outcome = new OutcomeBuilder();
        if (seen.Answer.Status == DnsStatus.Answered)
        {
            outcome.Record(seen.Answer.Question.Name, "TXT", seen.Answer.Texts);
        }

        if (seen.IsSaidMissing || !seen.Roles.Receives)
        {
            var reason = seen.IsSaidMissing ? "DomainMissing" : seen.Roles.IsParked ? "Parked" : "DoesNotReceive";
            return outcome.GradeNotApplicable(Subtest).NotApplicable(Reason.Of(reason));
        }

        var domain = Subject.Domain(seen.Domain);
        if (!seen.Answer.IsDefinite)
        {
            return outcome.CouldNotTell(domain, seen.Answer.WhyNot()).GradeUndetermined(Subtest).Build();
        }

        var policy = seen.PolicyText is { } text ? MtaStsPolicy.Parse(text) : null;
        if (!JudgeRecord(seen, policy, outcome, domain))
        {
            return outcome.Build();
        }

        outcome.Determined(domain);
        var level = Level(seen, policy, outcome);
        return (level is null ? outcome.GradeUndetermined(Subtest) : outcome.Grade(Subtest, level)).Build();
    }

    /// <summary>True where senders fetch the policy, so that it is worth judging.</summary>
    private static bool JudgeRecord(MtaStsObservation seen, MtaStsPolicy? policy, OutcomeBuilder outcome, Subject domain)
    {
        if (seen.Records is [{ IsValid: true }])
        {
            return true;
        }

        outcome.Grade(Subtest, "none");
        var texts = seen.Records.Select(r => r.Text).ToList();
        if (texts.Count == 0 && seen.Answer.Texts.FirstOrDefault(MtaStsRecord.IsNearMiss) is { } meant)
        {
            outcome.Report(Wrong(MtaStsFindings.NearMiss, seen, domain, [meant]));
        }
        else if (texts.Count > 0)
        {
            outcome.Report(Wrong(texts.Count > 1 ? MtaStsFindings.SeveralRecords : MtaStsFindings.BadId, seen, domain, texts));
        }
        else if (seen.FetchWasNotWanted)
        {
            // There may be a policy that nobody looks for, which is another thing to say.
            outcome.CouldNotTell(domain, Reason.Of(Reason.ConnectionNotWanted), verdictNeedsIt: false);
        }
        else if (policy is { IsValid: true })
        {
            outcome.Report(new Finding(MtaStsFindings.NoRecord, domain, [Address(seen)], MtaStsProposal.Record(seen)));
        }
        else
        {
            outcome.Report(new Finding(MtaStsFindings.Missing, domain, [new Evidence("policy", MtaStsProposal.Policy(seen))], MtaStsProposal.Record(seen)));
        }

        return false;
    }

    private static string? Level(MtaStsObservation seen, MtaStsPolicy? policy, OutcomeBuilder outcome)
    {
        var host = Subject.Host(seen.PolicyHost);
        if (seen.Fetch is null)
        {
            if (seen.FetchWasNotWanted)
            {
                outcome.CouldNotTell(host, Reason.Of(Reason.ConnectionNotWanted), verdictNeedsIt: false);
                return null;
            }

            outcome.Report(MtaStsFindings.NoHost, host, new Evidence("policyHost", seen.PolicyHost), new Evidence("answer", "A, AAAA: 0"));
            return "none";
        }

        if (policy is null)
        {
            return MtaStsFetchJudge.Judge(seen, seen.Fetch, outcome) ? "none" : null;
        }

        outcome.Determined(host).Record(seen.PolicyHost, "POLICY", Lines(seen.PolicyText!));
        if (seen.Fetch.MediaType != "text/plain")
        {
            outcome.Report(MtaStsFindings.BadType, host, Address(seen), new Evidence("mediaType", seen.Fetch.MediaType.Length == 0 ? "-" : seen.Fetch.MediaType));
        }

        return MtaStsPolicyJudge.Judge(seen, policy, outcome);
    }

    private static Finding Wrong(FindingDefinition definition, MtaStsObservation seen, Subject domain, IEnumerable<string> texts) =>
        new(definition, domain, [.. texts.Take(5).Select(t => new Evidence("record", t, seen.Answer.Server))], MtaStsProposal.Record(seen));

    private static Evidence Address(MtaStsObservation seen) => new("policyAddress", seen.PolicyAddress.ToString());

    private static IEnumerable<string> Lines(string text) => text
        .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Take(100)
        .Select(l => Probing.Smtp.ConversationLog.Clean(l));
}
