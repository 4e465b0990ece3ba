using System.Collections.Immutable;
using System.Text;
using MailDashboard.Checks.Auditing;
using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Probing.Dns;
using MailDashboard.Checks.Probing.Http;

namespace MailDashboard.Checks.MtaSts;

/// <summary>All that was seen of a domain's MTA-STS.</summary>
/// <param name="Domain">The audited domain.</param>
/// <param name="Roles">Its mail roles.</param>
/// <param name="Answer">TXT at <c>_mta-sts</c>.</param>
/// <param name="Targets">Where its mail goes.</param>
/// <param name="At">When (UTC).</param>
public sealed record MtaStsObservation(string Domain, MailRoles Roles, DnsAnswer Answer, MxTargets Targets, DateTimeOffset At)
{
    /// <summary>The fetch of the policy; null where no connection was wanted or needed.</summary>
    public HttpObservation? Fetch { get; init; }

    /// <summary>No connection was wanted, and the policy host has an address, so that there may be a policy.</summary>
    public bool FetchWasNotWanted { get; init; }

    /// <summary>The domain does not exist, which Mx says.</summary>
    public bool IsSaidMissing { get; init; }

    /// <summary>Where the policy is.</summary>
    public string PolicyHost => $"mta-sts.{Domain}";

    /// <summary>Its address.</summary>
    public Uri PolicyAddress => new($"https://{PolicyHost}/.well-known/mta-sts.txt");

    /// <summary>Texts that are records.</summary>
    public ImmutableArray<MtaStsRecord> Records { get; } = [.. Answer.Texts.Select(MtaStsRecord.Parse).OfType<MtaStsRecord>()];

    /// <summary>The text of the policy, bytes that are not UTF-8 replaced; null where none was fetched.</summary>
    public string? PolicyText => Fetch is { End: HttpEnd.Answered, Status: 200 } ? Encoding.UTF8.GetString(Fetch.Body.Span) : null;
}
