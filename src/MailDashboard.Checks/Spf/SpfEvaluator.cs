using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Spf;

/// <summary>
/// <c>check_host()</c> of RFC 7208. It asks as it goes, and runs to the end without a task switch where the resolver has
/// the answers at hand.
/// </summary>
public sealed class SpfEvaluator(IDnsResolver dns, TimeProvider time)
{
    /// <summary>Evaluates. DNS failures are a result, never an exception.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async ValueTask<SpfEvaluation> CheckHostAsync(SpfRequest request, CancellationToken cancellationToken)
    {
        var session = new SpfSession(dns, time, request, cancellationToken);
        var verdict = await CheckAsync(session, request.Domain).ConfigureAwait(false);
        var explanation = verdict.Result == SpfResult.Fail
            ? await SpfExplanation.GetAsync(session, verdict).ConfigureAwait(false)
            : null;
        return new SpfEvaluation(verdict.Result)
        {
            Explanation = explanation,
            MatchedTerm = verdict.MatchedTerm,
            DecidedBy = verdict.Domain,
            DnsLookups = session.Lookups,
            VoidLookups = session.Voids,
            Fault = session.Fault,
            FaultTerm = session.FaultTerm,
        };
    }

    private static async ValueTask<SpfVerdict> CheckAsync(SpfSession session, string domain)
    {
        if (!SpfNames.IsCheckable(domain))
        {
            return new SpfVerdict(SpfResult.None);
        }

        var answer = await session.AskAsync(domain, DnsRecordType.TXT).ConfigureAwait(false);
        if (!answer.IsDefinite)
        {
            return session.Error(SpfResult.TempError, SpfFault.Dns, domain);
        }

        switch (SpfRecord.Select(answer, out var text))
        {
            case 0:
                return new SpfVerdict(SpfResult.None);
            case > 1:
                return session.Error(SpfResult.PermError, SpfFault.SeveralRecords, domain);
        }

        // Errors anywhere count before anything is evaluated (§4.6).
        var record = SpfParser.Parse(text!);
        return record.HasErrors
            ? session.Error(SpfResult.PermError, SpfFault.Syntax, FirstError(record))
            : await EvaluateAsync(session, domain, record).ConfigureAwait(false);
    }

    private static async ValueTask<SpfVerdict> EvaluateAsync(SpfSession session, string domain, SpfRecord record)
    {
        for (var i = 0; i < record.Terms.Length; i++)
        {
            if (!record.Terms[i].IsDirective)
            {
                continue;
            }

            var match = await MatchAsync(session, domain, record, i).ConfigureAwait(false);
            if (match is SpfMatch.TempError or SpfMatch.PermError)
            {
                return new SpfVerdict(match == SpfMatch.TempError ? SpfResult.TempError : SpfResult.PermError);
            }

            if (match == SpfMatch.Yes)
            {
                return new SpfVerdict(ResultOf(record.Terms[i].Qualifier), domain, record, i);
            }
        }

        return record.Redirect < 0
            ? new SpfVerdict(SpfResult.Neutral, domain, record)
            : await RedirectAsync(session, domain, record).ConfigureAwait(false);
    }

    private static ValueTask<SpfMatch> MatchAsync(SpfSession session, string domain, SpfRecord record, int index)
    {
        ref readonly var term = ref record.Terms.ItemRef(index);
        switch (term.Kind)
        {
            case SpfTermKind.All:
                return new(SpfMatch.Yes);
            case SpfTermKind.Ip4 or SpfTermKind.Ip6:
                return new(term.Network.Contains(session.Client) ? SpfMatch.Yes : SpfMatch.No);
        }

        if (!session.CountLookup())
        {
            return new(session.Fail(SpfMatch.PermError, SpfFault.TooManyLookups, record.TextOf(term)));
        }

        return term.Kind == SpfTermKind.Include
            ? IncludeAsync(session, domain, record, index)
            : SpfMechanisms.MatchAsync(session, domain, record, index);
    }

    private static async ValueTask<SpfMatch> IncludeAsync(SpfSession session, string domain, SpfRecord record, int index)
    {
        var target = await session.TargetAsync(record, index, domain).ConfigureAwait(false);
        var verdict = await CheckAsync(session, target).ConfigureAwait(false);
        return verdict.Result switch
        {
            SpfResult.Pass => SpfMatch.Yes,
            SpfResult.TempError => SpfMatch.TempError,
            SpfResult.PermError => SpfMatch.PermError,
            SpfResult.None => session.Fail(SpfMatch.PermError, SpfFault.TargetWithoutRecord, record.TextOf(record.Terms[index])),
            _ => SpfMatch.No,
        };
    }

    private static async ValueTask<SpfVerdict> RedirectAsync(SpfSession session, string domain, SpfRecord record)
    {
        var text = record.TextOf(record.Terms[record.Redirect]).ToString();
        if (!session.CountLookup())
        {
            return session.Error(SpfResult.PermError, SpfFault.TooManyLookups, text);
        }

        var target = await session.TargetAsync(record, record.Redirect, domain).ConfigureAwait(false);
        var verdict = await CheckAsync(session, target).ConfigureAwait(false);
        return verdict.Result == SpfResult.None ? session.Error(SpfResult.PermError, SpfFault.TargetWithoutRecord, text) : verdict;
    }

    private static SpfResult ResultOf(SpfQualifier qualifier) => qualifier switch
    {
        SpfQualifier.Pass => SpfResult.Pass,
        SpfQualifier.Fail => SpfResult.Fail,
        SpfQualifier.SoftFail => SpfResult.SoftFail,
        _ => SpfResult.Neutral,
    };

    private static string FirstError(SpfRecord record)
    {
        foreach (ref readonly var term in record.Terms.AsSpan())
        {
            if (term.Kind == SpfTermKind.Invalid)
            {
                return record.TextOf(term).ToString();
            }
        }

        return "";
    }
}

/// <summary>Whether a mechanism matches.</summary>
internal enum SpfMatch
{
    No,
    Yes,
    TempError,
    PermError,
}

/// <summary>How one record was decided.</summary>
internal readonly record struct SpfVerdict(SpfResult Result, string? Domain = null, SpfRecord? Record = null, int Index = -1)
{
    public string? MatchedTerm => Index < 0 ? null : Record!.TextOf(Record.Terms[Index]).ToString();
}
