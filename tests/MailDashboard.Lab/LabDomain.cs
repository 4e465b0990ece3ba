using System.Text;

namespace MailDashboard.Lab;

/// <summary>One domain of the lab. Everything about it is right except what is set otherwise.</summary>
/// <param name="Name">Below <c>.example</c> (RFC 2606).</param>
/// <param name="About">What is special about it, for people.</param>
public sealed record LabDomain(string Name, string About)
{
    /// <summary>MX data; null publishes none.</summary>
    public string? Mx { get; init; } = "10 mx.good.example.";

    public string? Spf { get; init; } = "v=spf1 ip4:127.0.1.10 -all";

    public string? Dmarc { get; init; } = "v=DMARC1; p=reject; rua=mailto:dmarc@{domain}";

    /// <summary>The record of selector <c>lab</c>; null publishes none.</summary>
    public string? Dkim { get; init; } = LabKeys.Good;

    /// <summary>More master-file lines.</summary>
    public string More { get; init; } = "";

    /// <summary>Signed with DNSSEC.</summary>
    public bool Signed { get; init; }

    /// <summary>Behind the relay that makes answers late, wrong or absent.</summary>
    public bool BehindRelay { get; init; }

    public string Records()
    {
        var text = new StringBuilder();
        if (Mx is not null)
        {
            text.Append("@ MX ").AppendLine(Mx);
        }

        AppendText(text, "@", Spf);
        AppendText(text, "_dmarc", Dmarc?.Replace("{domain}", Name, StringComparison.Ordinal));
        AppendText(text, "lab._domainkey", Dkim);
        AppendText(text, "_smtp._tls", $"v=TLSRPTv1; rua=mailto:tls@{Name}");
        return text.AppendLine(More).ToString();
    }

    // RFC 1035 section 3.3.14: strings of 255 bytes at most.
    private static void AppendText(StringBuilder text, string name, string? value)
    {
        if (value is not null)
        {
            text.Append(name).Append(" TXT ").AppendJoin(' ', value.Chunk(200).Select(part => $"\"{new string(part)}\"")).AppendLine();
        }
    }
}
