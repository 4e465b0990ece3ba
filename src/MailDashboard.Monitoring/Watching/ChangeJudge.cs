using MailDashboard.Checks.Probing.Tls;

namespace MailDashboard.Monitoring.Watching;

/// <summary>
/// Judges a change of one record set. Pure. Worse means: somebody who wants to forge, read or divert mail has it easier now, or mail
/// is lost. Whether the record is right is the check families' to say.
/// </summary>
public static class ChangeJudge
{
    /// <summary>Null where nothing changed that counts.</summary>
    public static ChangeVerdict? Judge(RecordChange change)
    {
        if (change.Type == ObservedCertificate.RecordType)
        {
            return CertificateChanges.Judge(change);
        }

        if (change.Before.SequenceEqual(change.After))
        {
            return null;
        }

        var kind = change.Before.IsEmpty ? WatchedChange.Appeared : change.After.IsEmpty ? WatchedChange.Removed : WatchedChange.Changed;
        return Worse(change) is var (definition, severity)
            ? new ChangeVerdict(kind, definition, severity ?? definition.Severity)
            : new ChangeVerdict(kind);
    }

    private static (Checks.FindingDefinition Definition, Checks.Severity? Severity)? Worse(RecordChange change) => change.Type switch
    {
        "TXT" when change.Name.StartsWith("_dmarc.", StringComparison.Ordinal) => DmarcChanges.Judge(change),
        "TXT" when change.Name.Contains("._domainkey.", StringComparison.Ordinal) => KeyChanges.Judge(change),
        "TXT" when change.Name.StartsWith("_mta-sts.", StringComparison.Ordinal) => IsMtaStsRemoved(change) ? (ChangeFindings.MtaStsRemoved, null) : null,
        "TXT" when change.Name == change.Domain => SpfChanges.Judge(change),
        PolicyChanges.RecordType => PolicyChanges.Judge(change),
        "MX" => ExchangerChanges.Judge(change),
        "NS" when !change.Before.IsEmpty => (ChangeFindings.NameServersChanged, null),
        "DS" when change.After.IsEmpty => (ChangeFindings.ChainRemoved, null),
        "TLSA" when change.After.IsEmpty => (ChangeFindings.TlsaRemoved, null),
        _ => null,
    };

    private static bool IsMtaStsRemoved(RecordChange change) =>
        change.Before.Any(IsMtaSts) && !change.After.Any(IsMtaSts);

    private static bool IsMtaSts(string text) => text.StartsWith("v=STSv1", StringComparison.Ordinal);
}
