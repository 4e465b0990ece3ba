using MailDashboard.Checks.MtaSts;
using MailDashboard.Mail.Publishing;
using MailDashboard.Monitoring.Wizard;
using MailDashboard.Tests.Fakes;

namespace MailDashboard.Tests.Monitoring.Wizard;

/// <summary>What a set-up leaves open is as DNS has it, what it says holds, and a stage is only weakened on purpose.</summary>
public sealed class WizardStageTests
{
    private const string Domain = "harbour.example";
    private const string Quarantine = "v=DMARC1; p=quarantine; rua=mailto:r@harbour.example";

    [Theory]
    [InlineData(null, null, false, DmarcStage.Monitor)]
    [InlineData(null, Quarantine, false, DmarcStage.Quarantine)]
    [InlineData(DmarcStage.Monitor, Quarantine, false, DmarcStage.Quarantine)]
    [InlineData(DmarcStage.Monitor, Quarantine, true, DmarcStage.Monitor)]
    [InlineData(DmarcStage.Reject, Quarantine, false, DmarcStage.Reject)]
    public async Task Settle_Stage_IsThePublishedOneUnlessMoreIsWantedOrSomebodyGoesBack(DmarcStage? said, string? published, bool isBack, DmarcStage expected)
    {
        var dns = Receiving();
        var request = await SettleAsync(new RecordsPart { Stage = said, IsSteppedBack = isBack }, published is null ? dns : dns.Txt($"_dmarc.{Domain}", published));

        Assert.Equal(expected, request.DmarcStage);
    }

    [Theory]
    [InlineData(null, false, null)]
    [InlineData(null, true, MtaStsMode.Testing)]
    [InlineData(MtaStsMode.None, true, null)]
    [InlineData(MtaStsMode.Enforce, false, MtaStsMode.Enforce)]
    public async Task Settle_MtaSts_IsOffUnlessWantedOrThere(MtaStsMode? said, bool isThere, MtaStsMode? expected)
    {
        var dns = Receiving();
        var request = await SettleAsync(new RecordsPart { MtaSts = said is { } mode ? new MtaStsWish(mode) : null }, isThere ? dns.Txt($"_mta-sts.{Domain}", "v=STSv1; id=1") : dns);

        Assert.Equal(expected, request.MtaSts?.Mode);
    }

    [Fact]
    public async Task Plan_GoingBack_WeakensAndKeepsTheRest()
    {
        var dns = Receiving().Txt($"_dmarc.{Domain}", "v=DMARC1; p=quarantine; np=reject; adkim=s; rua=mailto:r@harbour.example");
        var request = await SettleAsync(new RecordsPart { Stage = DmarcStage.TestQuarantine, IsSteppedBack = true }, dns);

        var plan = await PublishingPlanner.PlanAsync(request, await CurrentRecords.AskAsync(request, dns, Token), dns, Token);

        Assert.Equal("v=DMARC1; p=quarantine; np=reject; t=y; adkim=s; rua=mailto:r@harbour.example", Assert.Single(plan.Records, r => r.Part == PlanPart.Dmarc).Values.Single());
    }

    [Fact]
    public void Again_AfterAFinishedOne_KeepsWhatWasSaidAndTheStage_AndCountsNothingAsProven()
    {
        var before = new WizardState
        {
            Domain = new DomainPart(),
            Provider = new ProviderPart("own"),
            Profile = new ProfilePart(3, DateTimeOffset.UnixEpoch),
            Message = new MessagePart("ada@example.org", DateTimeOffset.UnixEpoch),
            Records = new RecordsPart
            {
                Stage = DmarcStage.Quarantine, StageSince = DateTimeOffset.UnixEpoch, Keys = [new("s1", "v=DKIM1; p=x")], Planned = 1,
                Seen = [new(Domain, "TXT", ["v=spf1 -all"], DateTimeOffset.UnixEpoch)],
            },
        }.Pass(WizardStep.Domain, false);

        var again = before.Again();

        Assert.Equal((before.Domain, before.Provider, DmarcStage.Quarantine, DateTimeOffset.UnixEpoch), (again.Domain, again.Provider, again.Records!.Stage, again.Records.StageSince));
        Assert.Single(again.Records.Keys);
        Assert.True(again.Records.Seen.IsEmpty && again.Passed.IsEmpty && again.Profile is null && again.Message is null);
        Assert.DoesNotContain(WizardProofs.Of(again, isWatched: false, isSomebodyTold: false), p => p.State == ProofState.Proven);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static FakeDns Receiving() => new FakeDns().Mx(Domain, (10, $"mx.{Domain}"));

    private static async Task<PublishingRequest> SettleAsync(RecordsPart part, FakeDns dns)
    {
        var state = new WizardState { Domain = new DomainPart(), Records = part };
        var request = WizardPlanner.Request(Domain, Domain, state, []);
        return WizardPlanner.Settle(request, state, await CurrentRecords.AskAsync(request, dns, Token));
    }
}
