using MailDashboard.Mail.Replies;

namespace MailDashboard.Tests.Mail.Replies;

public class ReplyDataTests
{
    /// <summary>The command line's contract, families that are still being built included.</summary>
    private static readonly HashSet<string> Families =
    [
        "mx", "spf", "dkim", "dmarc", "reverse-dns", "starttls", "blocklists", "mta-sts", "tls-rpt", "dane", "dnssec", "caa", "bimi", "nameservers",
        "smtp", "submission", "imap", "pop3", "mapi", "autoconfig", "tls",
    ];

    private static readonly ReplyCatalogue Data = ReplyCatalogue.Default;

    [Fact]
    public void Registry_EveryRegisteredCode_IsThere()
    {
        // Subject and highest detail of the IANA registry of enhanced status codes.
        (int Subject, int Last)[] registered = [(0, 0), (1, 10), (2, 4), (3, 6), (4, 7), (5, 6), (6, 10), (7, 30)];

        var expected = registered.SelectMany(r => Enumerable.Range(0, r.Last + 1).Select(d => $"{r.Subject}.{d}")).Order();

        Assert.Equal(expected, Data.Enhanced.Keys.Order());
    }

    [Fact]
    public void Entries_Everything_PointsToWhatExists()
    {
        var providers = Data.Providers.Select(p => p.Id).ToHashSet();

        Assert.All(Data.Entries, e => Assert.True(e.Provider is null || providers.Contains(e.Provider)));
        Assert.All(Data.Entries.SelectMany(e => e.Advice), a => Assert.True(Data.Advice.ContainsKey(a), a));
        Assert.All(Data.Enhanced.Values.Concat(Data.Replies.Values).Concat(Data.Subjects.Values).Concat(Data.Classes.Values).SelectMany(m => m.Advice), a => Assert.True(Data.Advice.ContainsKey(a), a));
        Assert.All(Data.Advice.Values.SelectMany(a => a.Checks), c => Assert.Contains(c, Families));
        Assert.All(Data.Entries, e => Assert.True(e.Codes.Length + e.Tokens.Length + e.Says.Length > 0, e.Meaning.En));
        Assert.All(Data.Entries.Where(e => e.Provider is not null), e => Assert.False(string.IsNullOrEmpty(e.Source)));
        Assert.All(Data.Entries.SelectMany(e => e.Says), s => Assert.Equal(s.ToLowerInvariant(), s));
        Assert.All(Data.Entries.SelectMany(e => e.Codes), c => Assert.True(EnhancedStatusCode.TryRead(c, out _, out var length) && length == c.Length, c));
    }

    [Fact]
    public void Sentences_French_HasFrenchTypography()
    {
        var french = Data.Entries.Select(e => e.Meaning)
            .Concat(Data.Enhanced.Values.Concat(Data.Replies.Values).Select(m => m.Meaning))
            .Concat(Data.Advice.Values.SelectMany(a => a.Causes.Concat(a.Remedies)))
            .Select(s => s.Fr);

        Assert.All(french, f =>
        {
            Assert.NotEmpty(f);
            Assert.DoesNotContain('\'', f);
            Assert.DoesNotMatch(" [:;!?»]", f);
        });
    }
}
