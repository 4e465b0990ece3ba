using System.Collections.Immutable;
using MailDashboard.Checks.Autoconfig;
using MailDashboard.Checks.Bimi;
using MailDashboard.Checks.Blocklists;
using MailDashboard.Checks.Caa;
using MailDashboard.Checks.Dane;
using MailDashboard.Checks.Dkim;
using MailDashboard.Checks.Dmarc;
using MailDashboard.Checks.Dnssec;
using MailDashboard.Checks.Imap;
using MailDashboard.Checks.Mapi;
using MailDashboard.Checks.MtaSts;
using MailDashboard.Checks.Mx;
using MailDashboard.Checks.Nameservers;
using MailDashboard.Checks.Pop3;
using MailDashboard.Checks.ReverseDns;
using MailDashboard.Checks.Smtp;
using MailDashboard.Checks.Spf;
using MailDashboard.Checks.StartTls;
using MailDashboard.Checks.Submission;
using MailDashboard.Checks.Tls;
using MailDashboard.Checks.TlsRpt;

namespace MailDashboard.Checks.Auditing;

/// <summary>Every check family, in the order pages show them.</summary>
public static class CheckFamilies
{
    /// <summary>All of them; they keep no state, so one of each serves everybody.</summary>
    public static ImmutableArray<ICheckFamily> All { get; } =
    [
        new MxCheck(),
        new SpfCheck(),
        new DkimCheck(),
        new DmarcCheck(),
        new ReverseDnsCheck(),
        new StartTlsCheck(),
        new MtaStsCheck(),
        new TlsRptCheck(),
        new DaneCheck(),
        new CaaCheck(),
        new BimiCheck(),
        new SmtpCheck(),
        new TlsCheck(),
        new SubmissionCheck(),
        new ImapCheck(),
        new Pop3Check(),
        new AutoconfigCheck(),
        new MapiCheck(),
        new DnssecCheck(),
        new NameserversCheck(),
        new BlocklistCheck(),
    ];
}
