using System.Globalization;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Dkim;

/// <summary>Judges one selector. A stated one has to work; a found one may be a leftover, so it weighs one step less.</summary>
internal static class DkimKeyJudge
{
    /// <param name="outcome">Where findings go.</param>
    /// <param name="verdict">The selector.</param>
    /// <param name="sends">The domain sends mail, so that a key which is not there harms something.</param>
    public static void Judge(OutcomeBuilder outcome, DkimSelectorVerdict verdict, bool sends)
    {
        var answer = verdict.Selector.Answer;
        if (verdict.Best is not { } key)
        {
            JudgeAbsence(outcome, verdict, sends);
            return;
        }

        outcome.Record(answer.Question.Name, "TXT", answer.Texts);
        if (!answer.Aliases.IsEmpty)
        {
            // Whose key it is: behind an alias the provider changes it when it likes.
            outcome.Record(answer.Question.Name, "CNAME", answer.Aliases.Take(1));
        }

        if (verdict.Records.Length > 1)
        {
            Report(outcome, verdict, DkimFindings.SeveralRecords, [.. verdict.Records.Select(r => Seen(verdict, r))]);
        }

        switch (key.State)
        {
            case DkimKeyState.Revoked:
                // Revoking every key is what a domain that sends nothing should do.
                Severity? severity = !verdict.Selector.IsGiven ? Severity.Info : sends ? null : Severity.Notice;
                outcome.Report(new Finding(DkimFindings.Revoked, Subject.Selector(verdict.Selector.Selector), [Seen(verdict, key)], null, severity));
                break;
            case DkimKeyState.NotDkim:
                Report(outcome, verdict, DkimFindings.NotAKeyRecord, Seen(verdict, key));
                break;
            case DkimKeyState.Invalid:
                JudgeInvalid(outcome, verdict, key);
                break;
            default:
                JudgeValid(outcome, verdict, key);
                break;
        }
    }

    private static void JudgeAbsence(OutcomeBuilder outcome, DkimSelectorVerdict verdict, bool sends)
    {
        var answer = verdict.Selector.Answer;
        if (answer.Status is not DnsStatus.Answered && !answer.Aliases.IsEmpty)
        {
            outcome.Record(answer.Question.Name, "CNAME", answer.Aliases.Take(1));
            Report(outcome, verdict, DkimFindings.DanglingAlias, new Evidence("alias", answer.Aliases[0], answer.Server), Status(answer));
        }
        else if (verdict.Selector.IsGiven)
        {
            Severity? severity = sends ? null : Severity.Notice;
            outcome.Report(new Finding(
                DkimFindings.Missing,
                Subject.Selector(verdict.Selector.Selector),
                [new Evidence("recordName", answer.Question.Name, answer.Server), Status(answer)],
                SeverityOverride: severity));
        }
    }

    private static void JudgeInvalid(OutcomeBuilder outcome, DkimSelectorVerdict verdict, DkimKeyRecord key)
    {
        var seen = Seen(verdict, key);
        var fault = key.Tags.Faults.FirstOrDefault(f => f.Kind != TagLists.TagFaultKind.Empty);
        if (!key.HasKnownVersion)
        {
            Report(outcome, verdict, DkimFindings.WrongVersion, seen, new Evidence("version", key.Tags["v"]!));
        }
        else if (fault is not null)
        {
            Report(outcome, verdict, DkimFindings.BrokenSyntax, seen, new Evidence("part", fault.Text));
        }
        else if (key.Tags["p"] is null)
        {
            Report(outcome, verdict, DkimFindings.NoKey, seen);
        }
        else if (!key.HasKnownType)
        {
            Report(outcome, verdict, DkimFindings.UnknownType, seen, new Evidence("keyType", key.KeyType));
        }
        else if (key.Key.Fault == DkimKeyFault.OtherType)
        {
            var proposal = DkimProposal.With(verdict.Selector, key, "k", key.IsEd25519 ? "rsa" : "ed25519");
            Report(outcome, verdict, DkimFindings.OtherType, proposal, seen, new Evidence("keyType", key.KeyType));
        }
        else
        {
            Report(outcome, verdict, key.Key.Fault == DkimKeyFault.NotBase64 ? DkimFindings.NotBase64 : DkimFindings.UnreadableKey, seen);
        }
    }

    private static void JudgeValid(OutcomeBuilder outcome, DkimSelectorVerdict verdict, DkimKeyRecord key)
    {
        var subject = Subject.Selector(verdict.Selector.Selector);
        var seen = Seen(verdict, key);
        var bits = key.Key.Bits.ToString(CultureInfo.InvariantCulture);
        outcome.Fact(subject, "algorithm", key.KeyType).Fact(subject, "bits", bits);
        if (key.Tags["n"] is { Length: > 0 } notes)
        {
            outcome.Fact(subject, "notes", notes.Length > 200 ? notes[..200] : notes);
        }

        if (!key.IsEd25519 && key.Key.Bits < DkimAnalyzer.RecommendedBits)
        {
            Report(outcome, verdict, key.Key.Bits < DkimAnalyzer.MinimumBits ? DkimFindings.TooShort : DkimFindings.Short, new Evidence("bits", bits), seen);
        }

        ProposedRecord? Mended(string tag, string? value) => DkimProposal.With(verdict.Selector, key, tag, value);
        void ReportIf(bool holds, FindingDefinition finding, Func<ProposedRecord?> proposal)
        {
            if (holds)
            {
                Report(outcome, verdict, finding, proposal(), seen);
            }
        }

        ReportIf(key.IsTesting, DkimFindings.Testing, () => Mended("t", DkimProposal.FlagsWithoutTesting(key)));
        ReportIf(!key.AllowsSha256, DkimFindings.NoSha256, () => Mended("h", null));
        ReportIf(!key.AllowsMail, DkimFindings.NotForMail, () => Mended("s", null));
        ReportIf(key.IsVersionLate, DkimFindings.LateVersion, () => Mended("v", null));
        ReportIf(key.Key.IsBare, DkimFindings.BareKey, () => Mended("p", Convert.ToBase64String(DkimPublicKey.Wrapped(key.Tags["p"]!))));
        if (key.Tags["g"] is not null)
        {
            outcome.Report(new Finding(DkimFindings.OldGranularity, subject, [seen], Mended("g", null)));
        }

        if (key.IsStrict)
        {
            outcome.Report(DkimFindings.Strict, subject, seen);
        }
    }

    private static void Report(OutcomeBuilder outcome, DkimSelectorVerdict verdict, FindingDefinition finding, params Evidence[] evidence) =>
        Report(outcome, verdict, finding, null, evidence);

    private static void Report(OutcomeBuilder outcome, DkimSelectorVerdict verdict, FindingDefinition finding, ProposedRecord? proposal, params Evidence[] evidence)
    {
        Severity? lower = !verdict.Selector.IsGiven && finding.Severity == Severity.Error ? Severity.Warning : null;
        outcome.Report(new Finding(finding, Subject.Selector(verdict.Selector.Selector), [.. evidence], proposal, lower));
    }

    private static Evidence Seen(DkimSelectorVerdict verdict, DkimKeyRecord key) => new("record", key.Text, verdict.Selector.Answer.Server);

    private static Evidence Status(DnsAnswer answer) => new("status", answer.Status.Code());
}
