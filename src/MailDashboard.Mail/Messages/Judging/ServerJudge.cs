using System.Net;
using MailDashboard.Checks;
using MailDashboard.Checks.Probing.Connecting;
using MailDashboard.Checks.ReverseDns;
using MailDashboard.Mail.Headers;
using MailDashboard.Mail.Messages.Authentication;

namespace MailDashboard.Mail.Messages.Judging;

/// <summary>Judges the server that handed the message over: HELO, reverse name, encryption.</summary>
internal static class ServerJudge
{
    public static void Judge(MessageObservation seen, VerdictBuilder verdict)
    {
        if (seen.Hop is not { } hop)
        {
            verdict.CouldNotTell(Subject.Part("Received"), Reason.Of("HopUnknown"));
            return;
        }

        verdict.Fine(Subject.Part("Received"), "hop", $"{hop.Helo} [{hop.Address}] → {hop.Received.By} (Received {hop.FromTop})");
        Encryption(seen, hop, verdict);
        if (seen.Host is { } host)
        {
            Helo(hop, host, verdict);
            Reverse(hop, host.Reverse, verdict);
        }
    }

    private static void Helo(SendingHop hop, HostFacts host, VerdictBuilder verdict)
    {
        var subject = Subject.Host(hop.Helo);
        Evidence[] evidence = [new("helo", hop.Helo), new("received", hop.Received.Client)];
        if (!AuthenticationLook.IsName(hop.Helo))
        {
            verdict.Mark(ServerMarks.HeloInvalid, subject, evidence);
        }
        else if (host.Helo.Any(a => !a.Records.IsEmpty))
        {
            verdict.Fine(subject, "helo", hop.Helo);
        }
        else if (host.Helo.FirstOrDefault(a => !a.IsDefinite) is { } unanswered)
        {
            verdict.CouldNotTell(subject, unanswered.WhyNot());
        }
        else
        {
            verdict.Mark(ServerMarks.HeloUnresolved, subject, evidence);
        }
    }

    private static void Reverse(SendingHop hop, ReversedAddress reverse, VerdictBuilder verdict)
    {
        var subject = Subject.Address(reverse.Address);
        var names = new Evidence("names", string.Join(", ", reverse.Names.Select(n => n.Name)), reverse.Ptr.Server);
        if (!reverse.Ptr.IsDefinite)
        {
            verdict.CouldNotTell(subject, reverse.Ptr.WhyNot());
        }
        else if (reverse.Names.IsEmpty && !IPAddress.IsLoopback(reverse.Address) && IsPrivate(reverse.Address))
        {
            verdict.CouldNotTell(subject, Reason.Of("InsideAddress", reverse.Address.ToString()));
        }
        else if (reverse.Names.IsEmpty)
        {
            verdict.Mark(ServerMarks.NoReverseName, subject, new Evidence("answer", $"{reverse.Ptr.Question.Name} PTR: {reverse.Ptr.Status}", reverse.Ptr.Server));
        }
        else if (reverse.IsConfirmed)
        {
            var confirmed = reverse.Names.Where(n => n.Forward.Addresses.Contains(reverse.Address)).Select(n => n.Name).ToList();
            verdict.Fine(subject, "ptr", string.Join(", ", confirmed));
            if (confirmed.TrueForAll(n => GenericName.Matches(n, reverse.Address)))
            {
                verdict.Mark(ServerMarks.GenericName, subject, names);
            }
        }
        else if (reverse.Names.FirstOrDefault(n => !n.Forward.IsDefinite) is { } open)
        {
            verdict.CouldNotTell(subject, open.Forward.WhyNot());
        }
        else
        {
            var forward = reverse.Names.Select(n => $"{n.Name}: {(n.Forward.Records.IsEmpty ? n.Forward.Status.ToString() : string.Join(", ", n.Forward.Addresses))}");
            verdict.Mark(ServerMarks.ReverseNotConfirmed, subject, names, new Evidence("forward", string.Join('\n', forward)), new Evidence("helo", hop.Helo));
        }
    }

    private static void Encryption(MessageObservation seen, SendingHop hop, VerdictBuilder verdict)
    {
        var received = hop.Received;
        var subject = Subject.Host(received.By);
        Evidence[] evidence = [new("received", $"from {received.From} by {received.By} with {received.With}"), new("version", received.TlsVersion ?? "–")];
        if (received.TlsVersion is "TLS 1.0" or "TLS 1.1")
        {
            verdict.Mark(ServerMarks.OldTls, subject, evidence);
        }
        else if (received.IsEncrypted)
        {
            verdict.Fine(subject, "tls", $"{received.With} {received.TlsVersion} {received.Cipher}");
        }
        else if (received.With.Contains("SMTP", StringComparison.OrdinalIgnoreCase))
        {
            verdict.Mark(ServerMarks.Unencrypted, subject, evidence);
        }
        else
        {
            verdict.CouldNotTell(subject, Reason.Of("EncryptionUnknown"));
        }

        foreach (var note in seen.Header.Notes.Where(n => n.Oddity == HeaderOddity.Unencrypted && !(n.Arguments[0] == received.From && n.Arguments[1] == received.By)))
        {
            verdict.Mark(ServerMarks.EarlierUnencrypted, Subject.Host(note.Arguments[1]), new Evidence("value", $"{note.Arguments[0]} → {note.Arguments[1]}"));
        }
    }

    private static bool IsPrivate(IPAddress address) => SpecialAddresses.KindOf(address) is "private" or "shared address space" or "link-local" or "unique local";
}
