using System.Collections.Immutable;
using MailDashboard.Monitoring.Domains;
using MailDashboard.Monitoring.Wizard;

namespace MailDashboard.Tests.Monitoring.Wizard;

public sealed class WizardRulesTests
{
    private static readonly WizardState Relay = new() { Domain = new DomainPart(), Provider = new ProviderPart("smtp2go") };
    private static readonly WizardState Own = Relay with { Provider = Provider("own", ("host", "Mail.Example.Org.")) };

    [Fact]
    public void Steps_OfAParkedDomain_AreThree() =>
        Assert.Equal([WizardStep.Domain, WizardStep.Records, WizardStep.Monitoring], WizardRules.Steps(new WizardState { Domain = new DomainPart(false, false) }));

    [Fact]
    public void Steps_OfOneThatOnlyReceives_HaveACertificateWhereItsServerIsOwn()
    {
        var foreign = new WizardState { Domain = new DomainPart(Sends: false) };
        var own = new WizardState { Domain = new DomainPart(Sends: false) { OwnHosts = ["mx.example.org"] } };

        Assert.Equal([WizardStep.Domain, WizardStep.Records, WizardStep.Monitoring], WizardRules.Steps(foreign));
        Assert.Equal([WizardStep.Domain, WizardStep.Records, WizardStep.Certificate, WizardStep.Monitoring], WizardRules.Steps(own));
    }

    [Fact]
    public void Steps_WithAProvider_HaveNoCertificate() => Assert.Equal(Enum.GetValues<WizardStep>().Where(s => s != WizardStep.Certificate), WizardRules.Steps(Relay));

    [Fact]
    public void Steps_WithAnOwnServer_AreAll() => Assert.Equal(Enum.GetValues<WizardStep>(), WizardRules.Steps(Own));

    [Fact]
    public void Next_AfterSkippingAndComingBack_IsTheFirstThatWasNotPassed()
    {
        var state = Relay.Pass(WizardStep.Domain, false).Pass(WizardStep.Advice, true).Pass(WizardStep.Profile, true);

        Assert.Equal(WizardStep.Provider, WizardRules.Next(state));
        Assert.Contains(WizardStep.Advice, state.Skipped);
        Assert.DoesNotContain(WizardStep.Advice, state.Pass(WizardStep.Advice, false).Skipped);
        Assert.Null(WizardRules.Next(WizardRules.Steps(Relay).Aggregate(Relay, (s, step) => s.Pass(step, false))));
    }

    [Fact]
    public void BeforeAndAfter_PassOverWhatDoesNotApply()
    {
        Assert.Equal(WizardStep.Limits, WizardRules.After(Relay, WizardStep.Records));
        Assert.Equal(WizardStep.Records, WizardRules.Before(Relay, WizardStep.Limits));
        Assert.Null(WizardRules.After(Relay, WizardStep.Monitoring));
        Assert.Null(WizardRules.Before(Relay, WizardStep.Domain));
    }

    [Fact]
    public void IsOpen_BeforeTheDomainIsKnown_IsOnlyItsOwnStep()
    {
        Assert.True(WizardRules.IsOpen(WizardState.Empty, WizardStep.Domain));
        Assert.False(WizardRules.IsOpen(WizardState.Empty, WizardStep.Records));
        Assert.False(WizardRules.IsOpen(Relay, WizardStep.Certificate));
    }

    [Fact]
    public void Chosen_OfAProviderThatIsNoLongerKnown_IsNone() => Assert.Null(WizardRules.Chosen(Relay with { Provider = new ProviderPart("gone") }));

    [Fact]
    public void Draft_OfADomainThatIsThere_AddsAndKeeps()
    {
        var there = new DomainDraft { Selectors = ["old"], SendingAddresses = ["192.0.2.9"], Tags = ["shop"], IsStrict = true };
        var state = Own with
        {
            Provider = Own.Provider! with { Addresses = ["192.0.2.1"] },
            Records = new RecordsPart { Keys = [new("s202611", "v=DKIM1; p=x")] },
        };

        var draft = WizardDomain.Draft(state, there);

        Assert.Equal(["old", "s202611"], draft.Selectors);
        Assert.Equal(["192.0.2.9", "192.0.2.1"], draft.SendingAddresses);
        Assert.Equal((true, true, true, "shop"), (draft.Sends, draft.Receives, draft.IsStrict, draft.Tags.Single()));
    }

    [Fact]
    public void Selectors_OfAProvider_AreThoseWhoseFieldsAreFilled()
    {
        Assert.Empty(WizardDomain.Selectors(Relay));
        Assert.Equal(["s123456"], WizardDomain.Selectors(Relay with { Provider = Provider("smtp2go", ("dkimName", "S123456")) }));
        Assert.Equal(["s1", "s2"], WizardDomain.Selectors(Relay with { Provider = new ProviderPart("sendgrid") }));
    }

    [Fact]
    public void Proofs_OfNothing_AreOpen_AndTypingProvesNothing()
    {
        var proofs = WizardProofs.Of(Relay with { Profile = new ProfilePart(1), Records = new RecordsPart { Planned = 4 } }, isWatched: true, isSomebodyTold: false);

        Assert.Equal([WizardStep.Domain], proofs.Where(p => p.State == ProofState.Proven).Select(p => p.Step));
        Assert.Equal(ProofState.Partly, proofs.Single(p => p.Step == WizardStep.Profile).State);
        Assert.DoesNotContain(proofs, p => p.Step is WizardStep.Provider or WizardStep.Advice);
    }

    [Fact]
    public void Proofs_OfARecordThatIsMissing_AreNotComplete()
    {
        var at = DateTimeOffset.UnixEpoch;
        var some = Relay with { Records = new RecordsPart { Planned = 2, Seen = [new("example.org", "TXT", ["v=spf1 -all"], at)] } };

        var proof = WizardProofs.Of(some, true, true).Single(p => p.Step == WizardStep.Records);

        Assert.Equal((ProofState.Partly, 1, 2, at), (proof.State, proof.Done, proof.Of, proof.At!.Value));
    }

    [Fact]
    public void Proofs_OfAMessageThatTheServerTook_WaitForThePerson()
    {
        var sent = Relay with { Message = new MessagePart("ada@example.org", DateTimeOffset.UnixEpoch) };

        Assert.Equal(ProofState.Partly, WizardProofs.Of(sent, true, true).Single(p => p.Step == WizardStep.Message).State);
        Assert.Equal(ProofState.Proven, WizardProofs.Of(sent with { Message = sent.Message! with { ArrivedAt = DateTimeOffset.UnixEpoch } }, true, true).Single(p => p.Step == WizardStep.Message).State);
    }

    [Theory]
    [InlineData(10.0, ProofState.Proven, 0)]
    [InlineData(9.0, ProofState.Proven, 0)]
    [InlineData(8.9, ProofState.Partly, 8)]
    public void Proofs_OfAJudgedMessage_AreWhatItIsWorth(double score, ProofState expected, int done)
    {
        var judged = Relay with { Message = new MessagePart("ada@example.org", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch) { TestId = 1, Score = score } };

        var proof = WizardProofs.Of(judged, true, true).Single(p => p.Step == WizardStep.Message);

        Assert.Equal((expected, done), (proof.State, proof.Done));
    }

    [Fact]
    public void Proofs_OfWhatWasLeftForLater_SaySo() =>
        Assert.Equal(ProofState.Skipped, WizardProofs.Of(Relay.Pass(WizardStep.Limits, true), true, true).Single(p => p.Step == WizardStep.Limits).State);

    [Fact]
    public void Ports_OfOneServerThatDoesBoth_AreEachLookedAtOnce()
    {
        var both = Own with { Domain = new DomainPart { OwnHosts = ["mail.example.org", "mx2.example.org"] } };

        Assert.Equal([("mail.example.org", 465), ("mail.example.org", 25), ("mx2.example.org", 25)], WizardCertificates.Ports(both, null, 25).Select(p => (p.Host, p.Port)));
        Assert.Equal([("mail.example.org", 465), ("mx2.example.org", 465)], WizardCertificates.Ports(both, null, 465).Select(p => (p.Host, p.Port)));
    }

    private static ProviderPart Provider(string id, params (string Key, string Value)[] entries) =>
        new(id) { Entries = entries.ToImmutableDictionary(e => e.Key, e => e.Value) };
}
