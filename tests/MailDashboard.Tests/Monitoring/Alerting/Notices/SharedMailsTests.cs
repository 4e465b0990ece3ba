using System.Collections.Immutable;
using MailDashboard.Checks;
using MailDashboard.Monitoring.Alerting.Mails;
using MailDashboard.Monitoring.Alerting.Notices;
using MailDashboard.Monitoring.Settings;

namespace MailDashboard.Tests.Monitoring.Alerting.Notices;

public class SharedMailsTests
{
    [Fact]
    public void Of_SameNewsAndLanguage_IsComposedOnce()
    {
        var mails = new SharedMails(new DashboardSettings());

        Assert.Same(mails.Of(News(1, 2), "fr").Mail, mails.Of(News(1, 2), "fr").Mail);
    }

    [Fact]
    public void Of_OtherNewsOrLanguage_IsAnotherMail()
    {
        var mails = new SharedMails(new DashboardSettings());
        var ended = ImmutableArray.Create(News(1)[0] with { Telling = Telling.Ended, Until = DateTimeOffset.UnixEpoch });

        Assert.Equal(4, new[] { mails.Of(News(1), "en"), mails.Of(News(1), "fr"), mails.Of(News(1, 2), "en"), mails.Of(ended, "en") }.Select(m => m.Mail).Distinct().Count());
    }

    private static ImmutableArray<IncidentFacts> News(params long[] ids) =>
        [.. ids.Select(id => new IncidentFacts(
            id, Telling.Opened, "spf", "SPF001", Subject.Domain("example.org"), Severity.Error, ImmutableArray<Evidence>.Empty, ["example.org"], DateTimeOffset.UnixEpoch, null))];
}
