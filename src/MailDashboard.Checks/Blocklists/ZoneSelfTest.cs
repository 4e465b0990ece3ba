using System.Collections.Immutable;
using System.Net;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Blocklists;

/// <summary>
/// Asks a list for the entries that RFC 5782 §5 sets apart. A list that does not list its own test entry is dead or filtered on the
/// way; one that lists everything (they are wild-carded when they die) would accuse everybody.
/// </summary>
internal static class ZoneSelfTest
{
    public static async Task<SelfTestResult> RunAsync(
        Blocklist list,
        ListKind kind,
        ImmutableArray<BlocklistCode> refusals,
        Func<string, Task<DnsAnswer>> ask)
    {
        var entries = list.TestFor(kind);
        var listed = entries.Listed is null ? null : AskAsync(entries.Listed, kind);
        var unlisted = entries.Unlisted is null ? null : AskAsync(entries.Unlisted, kind);
        var failed = listed is null ? null : Judge(await listed.ConfigureAwait(false), ListingState.Listed);
        if (failed is { Reason.Key: "SelfTestSilent" } && list.OtherTestFor(kind) is { } other)
        {
            failed = Judge(await AskAsync(other.Entry, other.Kind).ConfigureAwait(false), ListingState.Listed) is null ? null : failed;
        }

        if (failed is { } silent)
        {
            _ = unlisted is null ? null : await unlisted.ConfigureAwait(false);
            return silent;
        }

        return (unlisted is null ? null : Judge(await unlisted.ConfigureAwait(false), ListingState.NotListed))
            ?? new SelfTestResult(true, UnknownCause.None, null, BlocklistHealth.SelfTestInterval);

        async Task<ListingLook> AskAsync(string entry, ListKind asked)
        {
            var subject = TestSubject(asked, entry);
            var answer = await ask(subject).ConfigureAwait(false);
            return ListingDecoder.Decode(BlocklistSubject.Domain(entry), list, refusals, answer, delivers: false);
        }
    }

    /// <summary>Null where the answer is as it must be.</summary>
    private static SelfTestResult? Judge(ListingLook look, ListingState expected) => look switch
    {
        { Cause: UnknownCause.Refused } => new(false, look.Cause, look.Reason, BlocklistHealth.SelfTestInterval),
        { Cause: UnknownCause.Answer } => new(false, UnknownCause.SelfTest, look.Reason, BlocklistHealth.SelfTestInterval),
        { Cause: UnknownCause.Dns, Reason.Key: "DnsBudgetSpent" } => new(false, look.Cause, look.Reason, TimeSpan.Zero),
        { Cause: UnknownCause.Dns } => new(false, look.Cause, look.Reason, BlocklistHealth.RetryAfterFailure),

        // A white list, or a code without weight, is an answer as well: the test entry only has to be known.
        _ when expected == ListingState.Listed && look.State == ListingState.NotListed && look.Codes.IsEmpty =>
            Failed("SelfTestSilent", look),
        _ when expected == ListingState.NotListed && look.State == ListingState.Listed => Failed("SelfTestListsAll", look),
        _ => null,
    };

    private static SelfTestResult Failed(string key, ListingLook look) =>
        new(false, UnknownCause.SelfTest, Reason.Of(key, look.List.Zone, look.Subject.Name), BlocklistHealth.SelfTestInterval);

    /// <summary>The mapped test addresses of IPv6 lists stay IPv6 here, unlike everywhere else.</summary>
    private static string TestSubject(ListKind kind, string entry) =>
        kind != ListKind.Domain && IPAddress.TryParse(entry, out var address) ? DnsNames.ReversedLabels(address) : entry;
}
