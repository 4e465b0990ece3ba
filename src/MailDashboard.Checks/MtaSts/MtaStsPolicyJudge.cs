using System.Globalization;
using MailDashboard.Checks.Probing.Smtp;

namespace MailDashboard.Checks.MtaSts;

/// <summary>Judges a policy that was fetched, and the mail servers by it.</summary>
internal static class MtaStsPolicyJudge
{
    private const int Day = 86_400;

    /// <summary>The level of the subtest; null where MX is not known.</summary>
    public static string? Judge(MtaStsObservation seen, MtaStsPolicy policy, OutcomeBuilder outcome)
    {
        var host = Subject.Host(seen.PolicyHost);
        var text = new Evidence("policy", string.Join('\n', seen.PolicyText!.Split('\n').Take(40).Select(l => ConversationLog.Clean(l.TrimEnd('\r')))));
        if (!policy.IsValid)
        {
            outcome.Report(MtaStsFindings.InvalidPolicy, host, new Evidence("fault", string.Join('\n', policy.Faults.Take(10).Select(Text))), text);
            return "none";
        }

        if (!policy.Duplicates.IsEmpty)
        {
            outcome.Report(MtaStsFindings.Duplicates, host, new Evidence("fault", string.Join(", ", policy.Duplicates.Distinct().Take(10))));
        }

        outcome.Fact(host, "mode", Keyword(policy)).Fact(host, "maxAge", policy.MaxAge!.Value.ToString(CultureInfo.InvariantCulture));
        if (policy.Mode == MtaStsMode.None)
        {
            outcome.Report(MtaStsFindings.SwitchedOff, host, text);
            return "none";
        }

        if (policy.Mode == MtaStsMode.Testing)
        {
            outcome.Report(MtaStsFindings.Testing, host, text);
        }
        else if (policy.MaxAge < Day)
        {
            outcome.Report(MtaStsFindings.ShortAge, host, new Evidence("maxAge", policy.MaxAge.Value.ToString(CultureInfo.InvariantCulture)));
        }

        return Servers(seen, policy, outcome);
    }

    private static string? Servers(MtaStsObservation seen, MtaStsPolicy policy, OutcomeBuilder outcome)
    {
        if (!seen.Targets.Mx.IsDefinite)
        {
            outcome.CouldNotTell(Subject.Domain(seen.Domain), seen.Targets.Mx.WhyNot());
            return null;
        }

        // Without an MX senders go to the domain itself; that no policy helps there is Mx's to say.
        var servers = seen.Targets.IsImplicit ? [] : seen.Targets.Hosts;
        var strangers = servers.Where(h => !policy.Names(h.Name)).ToList();
        foreach (var stranger in strangers)
        {
            Severity severity = policy.Mode == MtaStsMode.Testing ? Severity.Warning : strangers.Count == servers.Length ? Severity.Critical : Severity.Error;
            outcome.Report(new Finding(
                MtaStsFindings.MxNotNamed,
                Subject.Host(stranger.Name),
                [new Evidence("mx", string.Join('\n', policy.Mx.Take(50)), seen.PolicyAddress.ToString()), new Evidence("mode", Keyword(policy))],
                SeverityOverride: severity));
        }

        return strangers.Count > 0 ? "none" : policy.Mode == MtaStsMode.Enforce ? "full" : "testing";
    }

    /// <summary>In words of the file, which are nobody's language.</summary>
    private static string Text(MtaStsFault fault) => fault switch
    {
        { Text.Length: > 0 } => ConversationLog.Clean(fault.Text),
        { Kind: MtaStsFaultKind.Version } => "version: ?",
        { Kind: MtaStsFaultKind.Mode } => "mode: ?",
        { Kind: MtaStsFaultKind.MaxAge } => "max_age: ?",
        { Kind: MtaStsFaultKind.NoMx } => "mx: ?",
        _ => "> 500",
    };

    private static string Keyword(MtaStsPolicy policy) => policy.Mode switch { MtaStsMode.Enforce => "enforce", MtaStsMode.Testing => "testing", _ => "none" };
}
