using MailDashboard.Checks.Probing.Dns;

namespace MailDashboard.Checks.Smtp;

/// <summary>
/// Judges the names that a server gives itself. As a rule it gives the same when it sends, and there receivers do look: a server of the
/// user's own is graded by it. Of somebody else's it is only said.
/// </summary>
internal sealed class SmtpNameJudge(OutcomeBuilder outcome)
{
    private bool _isBad;
    private bool _isOpen;
    private bool _isGood;

    /// <summary>An address could not be judged.</summary>
    /// <param name="doesNotCount">The verdict stands without it.</param>
    public void LeaveOpen(bool doesNotCount = false) => _isOpen |= !doesNotCount;

    public void Judge(SmtpServer server, Subject subject)
    {
        SpokenName[] names = [server.Greeting!, server.Hello!];
        var isFaulty = false;
        foreach (var (name, where) in names.Zip(["greeting", "hello"]).Where(n => !n.First.IsFullName))
        {
            Report(SmtpFindings.NoFullName, server, subject, new Evidence("said", Said(server, where), Source(server)));
            isFaulty = true;
        }

        var full = names.Where(n => n.IsFullName).DistinctBy(n => n.Name).ToList();
        if (full.Find(n => n.Unanswered is not null) is { } unanswered)
        {
            outcome.CouldNotTell(subject, unanswered.Unanswered!.WhyNot(), verdictNeedsIt: server.IsOwn);
            LeaveOpen(!server.IsOwn);
            return;
        }

        outcome.Determined(subject);
        if (full.Find(n => !n.Addresses.Any()) is { } nowhere)
        {
            var answer = nowhere.A!.Status == DnsStatus.NxDomain ? "NXDOMAIN" : "A, AAAA: 0";
            Report(SmtpFindings.NameWithoutAddress, server, subject, new Evidence("name", nowhere.Name, Source(server)), new Evidence("answer", answer, nowhere.A.Server));
            isFaulty = true;
        }

        if (!isFaulty)
        {
            Remarks(server, subject, full);
        }

        _isBad |= isFaulty && server.IsOwn;
        _isGood |= !isFaulty;
    }

    public void WriteGrade() => _ = _isBad ? outcome.Grade(SmtpAnalyzer.NameSubtest, "none")
        : _isOpen ? outcome.GradeUndetermined(SmtpAnalyzer.NameSubtest)
        : _isGood ? outcome.Grade(SmtpAnalyzer.NameSubtest, "full")
        : outcome.GradeNotApplicable(SmtpAnalyzer.NameSubtest);

    private void Remarks(SmtpServer server, Subject subject, List<SpokenName> names)
    {
        if (names.Count > 1)
        {
            outcome.Report(
                SmtpFindings.TwoNames,
                subject,
                Host(server),
                new Evidence("greetingName", server.Greeting!.Name, Source(server)),
                new Evidence("helloName", server.Hello!.Name, Source(server)));
        }

        // Without a reverse name, or with one that could not be asked, the family ReverseDns has the word.
        var reverse = server.Ptr is { Status: DnsStatus.Answered } ptr ? ptr.Names.ToList() : [];
        if (reverse.Count > 0 && !names.Exists(n => n.Addresses.Contains(server.Probe.Address) || reverse.Contains(n.Name)))
        {
            outcome.Report(
                SmtpFindings.NameElsewhere,
                subject,
                Host(server),
                new Evidence("name", names[0].Name, Source(server)),
                new Evidence("addresses", string.Join(", ", names[0].Addresses), names[0].A!.Server),
                new Evidence("reverse", string.Join(", ", reverse.Take(5)), server.Ptr!.Server));
        }
    }

    private void Report(FindingDefinition definition, SmtpServer server, Subject subject, params Evidence[] evidence) =>
        outcome.Report(new Finding(definition, subject, [Host(server), .. evidence], SeverityOverride: server.IsOwn ? null : Severity.Notice));

    private static string Said(SmtpServer server, string where) => where == "greeting" || server.Hello!.Name.Length == 0
        ? string.Join('\n', server.Probe.Seen!.Greeting)
        : server.Hello.Name;

    private static Evidence Host(SmtpServer server) => new("host", server.Probe.Host);

    private static string Source(SmtpServer server) => server.Probe.Address.ToString();
}
