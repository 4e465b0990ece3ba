using System.Text;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Web.Toolbox;

public sealed partial record ToolboxInput
{
    /// <summary>Records, alone, in quotes, or as a line of a zone or of dig's answer.</summary>
    private static class Records
    {
        private const int MaximumRecord = 8000;

        public static ToolboxInput? Read(string typed)
        {
            if (IsPolicy(typed))
            {
                return new ToolboxInput(ToolboxKind.MtaStsPolicy, typed);
            }

            if (typed[0] == '<' && typed.Contains("<svg", StringComparison.OrdinalIgnoreCase))
            {
                return new ToolboxInput(ToolboxKind.BimiLogo, typed);
            }

            if (typed.Length > MaximumRecord)
            {
                return null;
            }

            if (PublicKeyText.ToRecord(typed) is { } key)
            {
                return new ToolboxInput(ToolboxKind.DkimRecord, key);
            }

            var (owner, value) = ZoneLine(typed);
            var record = Unquoted(value);
            return KindOf(record) is { } kind ? Placed(new ToolboxInput(kind, record), owner) : null;
        }

        private static ToolboxKind? KindOf(string record)
        {
            // Spaces round the first equals sign are a slip that the validator has to show, not we to hide.
            var start = record.Length > 40 ? record[..40] : record;
            if (start.StartsWith("spf1 ", StringComparison.OrdinalIgnoreCase))
            {
                return ToolboxKind.SpfRecord;
            }

            start = start.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
            return start switch
            {
                _ when start.StartsWith("v=spf", StringComparison.Ordinal) => ToolboxKind.SpfRecord,
                _ when start.StartsWith("v=dmarc", StringComparison.Ordinal) => ToolboxKind.DmarcRecord,
                _ when start.StartsWith("v=dkim", StringComparison.Ordinal) => ToolboxKind.DkimRecord,
                _ when start.StartsWith("v=sts", StringComparison.Ordinal) => ToolboxKind.MtaStsRecord,
                _ when start.StartsWith("v=bimi", StringComparison.Ordinal) => ToolboxKind.BimiRecord,
                _ when start.StartsWith("v=tlsrpt", StringComparison.Ordinal) => ToolboxKind.TlsRptRecord,
                _ when start.StartsWith("k=rsa", StringComparison.Ordinal) || start.StartsWith("k=ed25519", StringComparison.Ordinal) || start.StartsWith("p=mi", StringComparison.Ordinal) => ToolboxKind.DkimRecord,
                _ when start.StartsWith("p=none", StringComparison.Ordinal) || start.StartsWith("p=quarantine", StringComparison.Ordinal) || start.StartsWith("p=reject", StringComparison.Ordinal) => ToolboxKind.DmarcRecord,
                _ => null,
            };
        }

        /// <summary>RFC 8461 §3.2: lines of "key: value"; where the version was forgotten, the validator is to say so.</summary>
        private static bool IsPolicy(string typed)
        {
            if (typed.Length > 64 * 1024)
            {
                return false;
            }

            var keys = typed.Split('\n', 50).Where(l => l.Contains(':', StringComparison.Ordinal)).Select(l => l.Split(':')[0].Trim()).ToHashSet(StringComparer.OrdinalIgnoreCase);
            return keys.Contains("version") ? typed.Contains("STSv1", StringComparison.OrdinalIgnoreCase) : keys.Contains("mode") && keys.Contains("max_age");
        }

        /// <summary><c>_dmarc.example.org. 3600 IN TXT "v=DMARC1; …"</c>: the owner and the value.</summary>
        private static (string? Owner, string Value) ZoneLine(string typed)
        {
            foreach (var space in new[] { ' ', '\t' })
            {
                var at = typed.IndexOf($"TXT{space}", StringComparison.OrdinalIgnoreCase);
                if (at > 0 && char.IsWhiteSpace(typed[at - 1]))
                {
                    var owner = typed[..at].Split([' ', '\t'], 2)[0];
                    return (owner, typed[(at + 4)..].Trim().Trim('(', ')').Trim());
                }
            }

            return (null, typed);
        }

        private static string Unquoted(string value)
        {
            if (value is ['"', ..])
            {
                // Strings of one record are joined without a separator (RFC 7208 §3.3).
                var joined = new StringBuilder();
                var isInside = false;
                for (var i = 0; i < value.Length; i++)
                {
                    var c = value[i];
                    if (c == '\\' && isInside && i + 1 < value.Length)
                    {
                        joined.Append(value[++i]);
                    }
                    else if (c == '"')
                    {
                        isInside = !isInside;
                    }
                    else if (isInside)
                    {
                        joined.Append(c);
                    }
                }

                return joined.ToString();
            }

            // A record that a mail or a console has wrapped.
            return string.Join(' ', value.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        }

        private static ToolboxInput Placed(ToolboxInput input, string? owner)
        {
            if (owner is null || Names.Read(owner) is not { Name: { } name })
            {
                return input;
            }

            var labels = name.Split('.');
            var at = Array.IndexOf(labels, "_domainkey");
            return input.Kind == ToolboxKind.DkimRecord && at > 0
                ? input with { Name = string.Join('.', labels[(at + 1)..]), Selector = string.Join('.', labels[..at]) }
                : input with { Name = DnsNames.Normalize(string.Join('.', labels.SkipWhile(l => l.StartsWith('_') || l == "default" && labels.Contains("_bimi")))) };
        }
    }
}
