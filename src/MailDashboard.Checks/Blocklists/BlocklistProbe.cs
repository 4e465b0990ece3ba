using System.Collections.Immutable;
using System.Text;
using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Blocklists;

/// <summary>
/// Asks lists about addresses and domains. Never an address of a domain list or the reverse, never a private address, never a list
/// that fails its self-test or refused us within the last hour.
/// </summary>
public sealed class BlocklistProbe(IDnsResolver dns, BlocklistCatalogue catalogue, BlocklistSettings settings, BlocklistHealth health)
{
    private const int MaximumText = 500;
    private const int AtOnce = 32;
    private readonly KeyMask _mask = KeyMask.For(settings);

    /// <summary>Looks every subject up on every list of its kind that is on.</summary>
    /// <param name="subjects">Addresses and domains.</param>
    /// <param name="delivers">Whether a subject is known to deliver mail itself, which makes policy lists matter.</param>
    /// <param name="patience">Ends the round: what was not answered by then is unknown, and what was stands.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ImmutableArray<ListingLook>> LookAsync(
        IEnumerable<BlocklistSubject> subjects, Func<BlocklistSubject, bool> delivers, CancellationToken patience, CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience, cancellationToken);
        using var gate = new SemaphoreSlim(AtOnce);
        var looks = subjects.SelectMany(s => catalogue.Lists.Where(l => IsOn(l) && l.Kinds.Contains(s.Kind)).Select(l => GatedAsync(s, l)));
        return [.. await Task.WhenAll(looks).ConfigureAwait(false)];

        async Task<ListingLook> GatedAsync(BlocklistSubject subject, Blocklist list)
        {
            try
            {
                await gate.WaitAsync(both.Token).ConfigureAwait(false);
                try
                {
                    return await LookAsync(subject, list, delivers(subject), DnsOptions.None, both.Token).ConfigureAwait(false);
                }
                finally
                {
                    gate.Release();
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return new ListingLook(subject, list, ListingState.Unknown) { Cause = UnknownCause.Dns, Reason = Reason.Of("TimeBudgetSpent") };
            }
        }
    }

    /// <summary>Looks one subject up on one list; off, private and paused are answers too.</summary>
    public Task<ListingLook> LookAsync(BlocklistSubject subject, Blocklist list, bool delivers, CancellationToken cancellationToken) =>
        LookAsync(subject, list, delivers, DnsOptions.None, cancellationToken);

    /// <summary>
    /// The second look before anybody is told: the self-test and the question again, both past our cache. Take it 60 to 90 seconds
    /// after the first; only <see cref="ListingState.Listed"/> (or, for an end, <see cref="ListingState.NotListed"/>) confirms.
    /// </summary>
    /// <param name="listing">A listing as findings name it: the entry and the public zone.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null where the data no longer has such a list.</returns>
    public async Task<ListingLook?> LookAgainAsync(Subject listing, CancellationToken cancellationToken)
    {
        var subject = BlocklistSubject.Of(listing);
        return catalogue.Find(listing.List ?? "") is { } list && list.Kinds.Contains(subject.Kind)
            ? await LookAsync(subject, list, delivers: true, DnsOptions.Fresh, cancellationToken).ConfigureAwait(false)
            : null;
    }

    /// <summary>The list is asked under these settings (or would be, were its key usable).</summary>
    public bool IsOn(Blocklist list) => ListAccess.Of(list, settings).State != ListingState.Off;

    private async Task<ListingLook> LookAsync(BlocklistSubject subject, Blocklist list, bool delivers, DnsOptions options, CancellationToken cancellationToken)
    {
        var look = new ListingLook(subject, list, ListingState.Unknown);
        var access = ListAccess.Of(list, settings);
        if (access.Zone is not { } zone)
        {
            return look with { State = access.State, Reason = access.Reason, Cause = access.State == ListingState.Unknown ? UnknownCause.Key : UnknownCause.None };
        }

        if (!list.Kinds.Contains(subject.Kind))
        {
            return look with { State = ListingState.Off, Reason = Reason.Of("OtherKind", list.Name) };
        }

        if (!subject.IsAskable && !list.AsksPrivate && !settings.AsksAbout(subject.Address!) && !PrivateAddresses.IsTestEntry(subject.Address!))
        {
            return look with { Cause = UnknownCause.NotPublic, Reason = Reason.Of("NotPublic", subject.Name) };
        }

        if (health.PausedFor(zone) is { } paused)
        {
            return look with { Cause = paused.Cause, Reason = paused.Reason };
        }

        var test = await health.TestAsync(zone, subject.Kind, options.HasFlag(DnsOptions.Fresh), RunTestAsync, cancellationToken).ConfigureAwait(false);
        if (!test.Passed)
        {
            if (test.Cause == UnknownCause.Refused)
            {
                health.Learn(zone, test.Cause, test.Reason);
            }

            return look with { Cause = test.Cause, Reason = test.Reason };
        }

        var answer = await AskAsync($"{subject.Labels}.{zone}", DnsRecordType.A, options, cancellationToken).ConfigureAwait(false);
        look = ListingDecoder.Decode(subject, list, catalogue.Refusals, answer, delivers);
        health.Learn(zone, look.Cause, look.Reason);
        return look.State == ListingState.Listed
            ? look with { Text = await TextAsync($"{subject.Labels}.{zone}", options, cancellationToken).ConfigureAwait(false) }
            : look;

        Task<SelfTestResult> RunTestAsync(CancellationToken token) =>
            ZoneSelfTest.RunAsync(list, subject.Kind, catalogue.Refusals, labels => AskAsync($"{labels}.{zone}", DnsRecordType.A, options, token));
    }

    private async Task<string?> TextAsync(string name, DnsOptions options, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(name, DnsRecordType.TXT, options, cancellationToken).ConfigureAwait(false);
        var text = new StringBuilder();
        foreach (var c in string.Join(" · ", answer.Texts.Take(8)).Take(MaximumText))
        {
            text.Append(char.IsControl(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format || char.IsSurrogate(c) ? ' ' : c);
        }

        return text.ToString().Trim() is { Length: > 0 } clean ? clean : null;
    }

    /// <summary>Whatever resolver stands behind, no answer leaves here with a key in it.</summary>
    private async Task<DnsAnswer> AskAsync(string name, DnsRecordType type, DnsOptions options, CancellationToken cancellationToken) =>
        _mask.Mask(await dns.QueryAsync(name, type, options, cancellationToken).ConfigureAwait(false));
}
