using System.Text;
using MailDashboard.Checks;
using MailDashboard.Checks.Probing.Http;
using MailDashboard.Mail.Publishing;
using MailDashboard.Monitoring.Wizard;

namespace MailDashboard.Tests.Monitoring.Wizard;

public sealed class WizardFilesTests
{
    private const string Policy = "version: STSv1\r\nmode: testing\r\nmx: mx.harbour.example\r\nmax_age: 604800\r\n";

    private static readonly PlannedFile File = new(new Uri("https://mta-sts.harbour.example/.well-known/mta-sts.txt"), Policy, PlanAction.Add, Reason.Of("MtaStsFile"));

    [Theory]
    [InlineData(Policy, FileState.Seen)]
    [InlineData("max_age: 604800\nmx: MX.harbour.example\nmode: testing\nversion: STSv1", FileState.Seen)]
    [InlineData("version: STSv1\nmode: enforce\nmx: mx.harbour.example\nmax_age: 604800\n", FileState.Other)]
    [InlineData("version: STSv1\nmode: testing\nmx: mx2.harbour.example\nmax_age: 604800\n", FileState.Other)]
    [InlineData("<html>", FileState.Other)]
    public void Judge_OfWhatIsServed_ComparesWhatItSays(string text, FileState expected) => Assert.Equal(expected, WizardFiles.Judge(File, Answer(200, text)));

    [Theory]
    [InlineData(404, FileState.Missing)]
    [InlineData(301, FileState.Missing)]
    [InlineData(503, FileState.CouldNotAsk)]
    public void Judge_OfAnotherStatus_IsNoFile(int status, FileState expected) => Assert.Equal(expected, WizardFiles.Judge(File, Answer(status, Policy)));

    [Theory]
    [InlineData(HttpEnd.NoAddress, FileState.NoAddress)]
    [InlineData(HttpEnd.Refused, FileState.NoServer)]
    [InlineData(HttpEnd.Tls, FileState.BadCertificate)]
    [InlineData(HttpEnd.TooLarge, FileState.Missing)]
    [InlineData(HttpEnd.Guarded, FileState.CouldNotAsk)]
    [InlineData(HttpEnd.TimedOut, FileState.CouldNotAsk)]
    [InlineData(HttpEnd.DnsFailed, FileState.CouldNotAsk)]
    public void Judge_OfAFailure_TellsALastingOneFromTheRest(HttpEnd end, FileState expected) => Assert.Equal(expected, WizardFiles.Judge(File, new HttpObservation(File.Address, end)));

    [Fact]
    public void Judge_OfAnotherMediaType_SaysSo() => Assert.Equal(FileState.BadType, WizardFiles.Judge(File, Answer(200, Policy) with { MediaType = "text/html" }));

    private static HttpObservation Answer(int status, string text) =>
        new(File.Address, HttpEnd.Answered) { Status = status, MediaType = "text/plain", Body = Encoding.UTF8.GetBytes(text) };
}
