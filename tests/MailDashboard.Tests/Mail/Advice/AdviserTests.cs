using System.Collections.Immutable;
using MailDashboard.Mail.Advice;

namespace MailDashboard.Tests.Mail.Advice;

public sealed class AdviserTests
{
    [Theory]
    [InlineData(49_999, true, false, AdviceOption.SendingService)]
    [InlineData(50_000, true, false, AdviceOption.OwnServer)]
    [InlineData(50_000, false, false, AdviceOption.SendingService)]
    [InlineData(100, true, true, AdviceOption.OwnServer)]
    [InlineData(100, false, true, AdviceOption.SendingService)]
    public void Hosting_ByVolumeStaffAndExchange(int volume, bool hasStaff, bool hasExchange, AdviceOption expected)
    {
        var answers = new AdviserAnswers { Purposes = [MailPurpose.Invoices], MonthlyVolume = volume, HasMailStaff = hasStaff, Systems = hasExchange ? [SendingSystem.Exchange] : [] };

        Assert.Equal(expected, Of(AdviceTopic.Hosting, answers).Option);
    }

    [Theory]
    [InlineData(SendingSystem.Website, AdviceOption.Port465)]
    [InlineData(SendingSystem.MailPrograms, AdviceOption.Port465)]
    [InlineData(SendingSystem.Devices, AdviceOption.Port587)]
    [InlineData(SendingSystem.BusinessSoftware, AdviceOption.Port587)]
    public void Submission_BySystem(SendingSystem system, AdviceOption expected) =>
        Assert.Equal(expected, Of(AdviceTopic.Submission, new() { Systems = [system] }).Option);

    [Fact]
    public void Reading_ByPurposeAndReaders()
    {
        Assert.Equal(AdviceOption.NoReading, Of(AdviceTopic.Reading, new() { Purposes = [MailPurpose.Notices] }).Option);
        Assert.Equal(AdviceOption.Imap, Of(AdviceTopic.Reading, new() { Purposes = [MailPurpose.Mailboxes], Readers = [ReadingWith.Phone, ReadingWith.MailProgram] }).Option);
        Assert.Equal(AdviceOption.Mapi, Of(AdviceTopic.Reading, new() { Purposes = [MailPurpose.Calendars] }).Option);
        Assert.Equal(AdviceOption.Mapi, Of(AdviceTopic.Reading, new() { Readers = [ReadingWith.Outlook], Systems = [SendingSystem.Exchange] }).Option);
        Assert.Equal(AdviceOption.Pop3, Of(AdviceTopic.Reading, new() { Purposes = [MailPurpose.WeakNetworks], Readers = [ReadingWith.MailProgram] }).Option);
        Assert.Equal(AdviceOption.Imap, Of(AdviceTopic.Reading, new() { Purposes = [MailPurpose.WeakNetworks], Readers = [ReadingWith.MailProgram, ReadingWith.Phone] }).Option);
    }

    [Fact]
    public void Separation_CampaignsBesideAnythingElse_GetAName()
    {
        Assert.Equal(AdviceOption.OneName, Of(AdviceTopic.Separation, new() { Purposes = [MailPurpose.Campaigns] }).Option);
        Assert.Equal(AdviceOption.NameForCampaigns, Of(AdviceTopic.Separation, new() { Purposes = [MailPurpose.Campaigns, MailPurpose.Invoices] }).Option);
    }

    /// <summary>Every combination of answers: always one recommendation a topic, each with a reason, and what it leaves open is something else.</summary>
    [Fact]
    public void Advise_AnyAnswers_SaysSomethingSensible()
    {
        foreach (var answers in All())
        {
            var advice = Adviser.Advise(answers);

            Assert.Equal(Enum.GetValues<AdviceTopic>(), advice.Select(a => a.Topic));
            Assert.All(advice, a =>
            {
                Assert.NotEmpty(a.Reasons);
                Assert.NotEmpty(a.Others);
                Assert.DoesNotContain(a.Option, a.Others);
                Assert.True(Adviser.WorkOf(a.Option) is { HoursOnce: >= 0, HoursAMonth: >= 0 });
            });
        }
    }

    private static Recommendation Of(AdviceTopic topic, AdviserAnswers answers) => Adviser.Advise(answers).Single(a => a.Topic == topic);

    private static IEnumerable<AdviserAnswers> All() =>
        from purposes in Subsets<MailPurpose>()
        from system in Enum.GetValues<SendingSystem>()
        from reader in Enum.GetValues<ReadingWith>().Select(r => (ReadingWith?)r).Append(null)
        from volume in new[] { 0, 50_000 }
        from hasStaff in new[] { false, true }
        select new AdviserAnswers { Purposes = purposes, Systems = [system], Readers = reader is { } r ? [r] : [], MonthlyVolume = volume, HasMailStaff = hasStaff };

    private static IEnumerable<ImmutableHashSet<T>> Subsets<T>()
        where T : struct, Enum
    {
        var all = Enum.GetValues<T>();
        return Enumerable.Range(0, 1 << all.Length).Select(bits => all.Where((_, i) => (bits & (1 << i)) != 0).ToImmutableHashSet());
    }
}
