using System.Globalization;

namespace MailDashboard.Checks.MtaSts;

/// <summary>What to publish. The policy comes first: a record without one is a promise that nothing keeps.</summary>
public static class MtaStsProposal
{
    /// <summary>The record, with the time of the audit as its id.</summary>
    public static ProposedRecord Record(MtaStsObservation seen) =>
        new($"_mta-sts.{seen.Domain}", "TXT", $"v=STSv1; id={seen.At.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}");

    /// <summary>A policy in mode testing that names every mail server.</summary>
    public static string Policy(MtaStsObservation seen)
    {
        var hosts = seen.Targets.Hosts.IsEmpty ? [$"mail.{seen.Domain}"] : seen.Targets.Hosts.Select(h => h.Name);
        return string.Join('\n', ["version: STSv1", "mode: testing", .. hosts.Select(h => $"mx: {h}"), "max_age: 604800"]);
    }
}
